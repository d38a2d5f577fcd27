// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a view has positive dimensions [TW0102]}}
func.func private @view_extent(!pto.partition_tensor_view<16x0xi8>)
