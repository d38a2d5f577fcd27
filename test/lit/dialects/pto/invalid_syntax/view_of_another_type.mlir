// RUN: pto-opt %s --verify-diagnostics

func.func @view_of_another_type(%p: !pto.ptr<i8>, %n: index) {
  // expected-error@+1 {{operand is used with type !pto.ptr<f16>, but has been previously used or defined with type !pto.ptr<i8>}}
  %v = pto.make_tensor_view %p, shape = [%n], strides = [%n] : !pto.tensor_view<?xf16>
  func.return
}
