// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{out of range for type i64}}
func.func private @tensor_too_large(!tile.tensor<99999999999999999999xi8>)
