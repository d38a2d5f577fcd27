// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @view_extent(%p: !pto.ptr<f32>, %n: index) {
  // expected-error@+1 {{a view has positive dimensions [TW0102]}}
  %v = pto.make_tensor_view %p, shape = [%n, %n], strides = [%n, %n] : !pto.tensor_view<16x0xf32>
  func.return
}
