// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected `mat`, `left`, `right`, `acc`, `vec`, `bias`, or `scaling`.}}
func.func private @space(!pto.tile_buf<ub, 16x32xi8>)
