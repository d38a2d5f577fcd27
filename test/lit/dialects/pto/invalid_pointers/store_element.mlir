// RUN: pto-opt %s --verify-diagnostics

func.func @store_element(%p: !pto.ptr<f32>, %i: index, %x: i32) {
  // expected-error@+1 {{%p has elements of f32, got i32 [TW0146]}}
  pto.store_scalar %x, %p[%i] : !pto.ptr<f32>, i32
  func.return
}
