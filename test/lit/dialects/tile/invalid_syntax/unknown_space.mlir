// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected `mat`, `left`, `right`, `acc`, `vec`, `bias`, or `scaling`.}}
func.func private @unknown_space(!tile.tile<16x32xi8, gm>)
