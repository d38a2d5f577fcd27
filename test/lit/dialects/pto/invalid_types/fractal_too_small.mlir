// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a fractal of 16 bytes has no room for 16 rows of f32 [TW0115]}}
func.func private @fractal_too_small(!pto.tile_buf<mat, 16x32xf32, slayout=row_major, fractal=16>)
