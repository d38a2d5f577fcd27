// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_result(
    %src: !pto.tile_buf<vec, 16x32xf32>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xui8>) {
  // expected-error@+1 {{pto.tquant does not take ui8 in %dst; it takes i8, si8 [TW0108]}}
  pto.tquant ins(%src, %fp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xui8>) {quant_type = #pto<quant_type INT8_SYM>}
  func.return
}
