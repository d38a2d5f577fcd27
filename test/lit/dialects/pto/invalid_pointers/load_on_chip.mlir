// RUN: pto-opt %s --verify-diagnostics

func.func @load_on_chip(%p: memref<64xf32, #pto.address_space<vec>>, %i: index) {
  // expected-error@+1 {{%p lies in vec, not in global memory [TW0146]}}
  %s = pto.load_scalar %p[%i] : memref<64xf32, #pto.address_space<vec>> -> f32
  func.return
}
