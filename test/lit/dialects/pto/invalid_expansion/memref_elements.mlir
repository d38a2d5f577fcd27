// RUN: pto-opt %s --verify-diagnostics

// ptoas checks nearly nothing about memrefs, but these it does.
func.func @memref_elements(%m: memref<16x32xi8, #pto.address_space<vec>>) {
  // expected-error@+1 {{pto.tcolexpandadd does not take i8 in %m; it takes i16, ui16, si16, i32, ui32, si32, f16, f32 [TW0108]}}
  pto.tcolexpandadd ins(%m, %m : memref<16x32xi8, #pto.address_space<vec>>, memref<16x32xi8, #pto.address_space<vec>>)
    outs(%m : memref<16x32xi8, #pto.address_space<vec>>)
  func.return
}
