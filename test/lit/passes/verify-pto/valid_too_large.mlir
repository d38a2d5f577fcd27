// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @valid_too_large() {
  // expected-error@+1 {{the valid part 32x32 does not lie within the tile 16x32 [TW0104]}}
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x32xf32, valid=32x32>
  func.return
}
