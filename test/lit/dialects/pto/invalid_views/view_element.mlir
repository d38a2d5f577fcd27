// RUN: pto-opt %s --verify-diagnostics

func.func @view_element(%p: !pto.ptr<i8>, %n: index) {
  // expected-error@+1 {{attribute i8 expected from variable 'E', but got f16 [TW0100]}}
  %v = "pto.make_tensor_view"(%p, %n, %n) <{operandSegmentSizes = array<i32: 1, 1, 1>}>
    : (!pto.ptr<i8>, index, index) -> !pto.tensor_view<?xf16>
  func.return
}
