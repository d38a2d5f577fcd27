// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected shape type.}}
func.func private @no_element(!tile.tensor<16x>)
