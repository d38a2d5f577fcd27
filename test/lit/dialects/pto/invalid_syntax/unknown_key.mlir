// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{unexpected key 'loc' of a tile_buf}}
func.func private @unknown_key(!pto.tile_buf<vec, 16x32xi8, loc=vec>)
