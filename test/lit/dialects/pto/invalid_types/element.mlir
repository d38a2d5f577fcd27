// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{index is no element type of this chip; there are i1, i8,}}
func.func private @element(!pto.tile_buf<vec, 16x32xindex>)
