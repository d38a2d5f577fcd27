// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @tile_extent() {
  // expected-error@+1 {{a tile has positive dimensions, got 16x0 [TW0103]}}
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x0xf32>
  func.return
}
