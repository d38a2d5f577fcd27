// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_memref(%src: memref<16x32xf32>, %fp: memref<16x32xf32>, %dst: memref<16x32xui8>) {
  // expected-error@+1 {{pto.tquant does not take ui8 in %dst; it takes i8, si8 [TW0108]}}
  pto.tquant ins(%src, %fp : memref<16x32xf32>, memref<16x32xf32>)
      outs(%dst : memref<16x32xui8>) {quant_type = #pto<quant_type INT8_SYM>}
  func.return
}
