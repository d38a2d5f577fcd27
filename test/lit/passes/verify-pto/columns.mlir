// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @columns() {
  // expected-error@+1 {{a 16x48 tile is not made of whole 16x32 fractals [TW0115]}}
  %t = pto.alloc_tile : !pto.tile_buf<mat, 16x48xi8, slayout=row_major>
  func.return
}
