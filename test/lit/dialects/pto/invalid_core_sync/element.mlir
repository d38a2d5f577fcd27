// RUN: pto-opt %s --verify-diagnostics

func.func @element(%m: memref<256xf32>) {
  // expected-error@+1 {{signals are kept in elements of i64 or i8, not f32 [TW0147]}}
  pto.set_ffts %m : memref<256xf32>
  func.return
}
