// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @column_major_fractal() {
  // expected-error@+1 {{a 16x16 tile is not made of whole 32x16 fractals [TW0115]}}
  %t = pto.alloc_tile : !pto.tile_buf<right, 16x16xi8, slayout=col_major>
  func.return
}
