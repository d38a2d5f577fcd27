// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tensor has at least one dimension [TW0102]}}
func.func private @tensor_rank(!tile.tensor<i8>)
