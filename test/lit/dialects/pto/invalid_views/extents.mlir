// RUN: pto-opt %s --verify-diagnostics

func.func @extents(%p: !pto.ptr<i8>, %n: index) {
  // expected-error@+1 {{a view of 2 dimensions has 2 extents and strides, got 1 and 2 [TW0106]}}
  %v = pto.make_tensor_view %p, shape = [%n], strides = [%n, %n] : !pto.tensor_view<?x?xi8>
  func.return
}
