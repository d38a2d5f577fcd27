// RUN: pto-opt %s --verify-diagnostics

func.func @load_element(%p: !pto.ptr<f32>, %i: index) {
  // expected-error@+1 {{%p has elements of f32, got i32 [TW0146]}}
  %s = pto.load_scalar %p[%i] : !pto.ptr<f32> -> i32
  func.return
}
