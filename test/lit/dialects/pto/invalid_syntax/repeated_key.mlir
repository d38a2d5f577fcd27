// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{unexpected key 'pad' of a tile_buf}}
func.func private @repeated_key(!pto.tile_buf<vec, 16x32xi8, pad=1, pad=1>)
