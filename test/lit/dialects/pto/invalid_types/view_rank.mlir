// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a view has positive dimensions [TW0102]}}
func.func private @view_rank(!pto.tensor_view<i8>)
