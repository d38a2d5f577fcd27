// RUN: pto-opt %s --verify-diagnostics

func.func @tdequant_memref(
    %src: memref<16x32xui8>, %scale: memref<16x32xf32>, %offset: memref<16x32xf32>, %dst: memref<16x32xf32>) {
  // expected-error@+1 {{pto.tdequant does not take ui8 in %src; it takes i8, si8, i16, si16 [TW0108]}}
  pto.tdequant ins(%src, %scale, %offset : memref<16x32xui8>, memref<16x32xf32>, memref<16x32xf32>)
      outs(%dst : memref<16x32xf32>)
  func.return
}
