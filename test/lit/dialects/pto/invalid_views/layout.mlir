// RUN: pto-opt %s --verify-diagnostics

func.func @layout(%p: !pto.ptr<f32>) {
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  // expected-error@+1 {{a tensor of 16x32 elements with strides 32x1 is nd, not dn [TW0160]}}
  %v = pto.make_tensor_view %p, shape = [%c16, %c32], strides = [%c32, %c1] {layout = #pto.layout<dn>}
    : !pto.tensor_view<?x?xf32>
  func.return
}
