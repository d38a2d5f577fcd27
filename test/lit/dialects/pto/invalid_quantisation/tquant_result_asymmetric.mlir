// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_result_asymmetric(
    %src: !pto.tile_buf<vec, 16x32xf32>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tquant does not take i8 in %dst; it takes ui8 [TW0108]}}
  pto.tquant ins(%src, %fp, %offset : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
      !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>) {quant_type = #pto<quant_type INT8_ASYM>}
  func.return
}
