// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a 16x16 tile is not made of whole 32x16 fractals [TW0115]}}
func.func private @column_major_fractal(!pto.tile_buf<right, 16x16xi8, slayout=col_major>)
