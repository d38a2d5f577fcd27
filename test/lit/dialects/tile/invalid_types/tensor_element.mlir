// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{i7 is no element type of this chip; there are i1, i8, ui8, i16,}}
func.func private @tensor_element(!tile.tensor<16x32xi7>)
