// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a 16x48 tile is not made of whole 16x32 fractals [TW0115]}}
func.func private @columns(!pto.tile_buf<mat, 16x48xi8, slayout=row_major>)
