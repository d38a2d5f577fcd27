// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @view_rank(%p: !pto.ptr<f32>) {
  // expected-error@+1 {{a view has positive dimensions [TW0102]}}
  %v = pto.make_tensor_view %p, shape = [], strides = [] : !pto.tensor_view<f32>
  func.return
}
