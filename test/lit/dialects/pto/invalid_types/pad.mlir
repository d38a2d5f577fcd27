// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{pad is a number from 0 to 3, got 4 [TW0115]}}
func.func private @pad(!pto.tile_buf<vec, 16x32xf32, pad=4>)
