// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile buffer holds numbers, !pto.pipe is none}}
func.func private @element(!pto.tile_buf<vec, 16x32x!pto.pipe>)
