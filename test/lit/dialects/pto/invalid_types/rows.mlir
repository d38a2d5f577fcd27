// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a 24x32 tile is not made of whole 16x32 fractals [TW0115]}}
func.func private @rows(!pto.tile_buf<mat, 24x32xi8, slayout=row_major>)
