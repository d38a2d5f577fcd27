// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{tensor dimensions are positive, got 16x0 [TW0102]}}
func.func private @tensor_extent(!tile.tensor<16x0xi8>)
