// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the fractal is 16, 32, 512 or 1024 bytes, got 256 [TW0115]}}
func.func private @fractal(!pto.tile_buf<vec, 16x32xf32, fractal=256>)
