// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{index is no element type of this chip; there are i1, i8, ui8, i16,}}
func.func private @tensor_of_indices(!tile.tensor<16x32xindex>)
