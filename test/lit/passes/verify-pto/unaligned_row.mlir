// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @unaligned_row() {
  // expected-error@+1 {{a row of 20 bytes is not made of blocks of 32 bytes [TW0115]}}
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x5xf32>
  func.return
}
