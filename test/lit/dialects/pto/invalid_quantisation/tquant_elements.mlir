// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_elements(
    %src: !pto.tile_buf<vec, 16x32xf16>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tquant does not take f16 in %src; it takes f32 [TW0108]}}
  pto.tquant ins(%src, %fp : !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>) {quant_type = #pto<quant_type INT8_SYM>}
  func.return
}
