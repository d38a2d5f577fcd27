// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_offset_type(
    %src: !pto.tile_buf<vec, 16x32xf32>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf16, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xui8>) {
  // expected-error@+1 {{pto.tquant does not take f16 in %offset; it takes f32 [TW0108]}}
  pto.tquant ins(%src, %fp, %offset : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
      !pto.tile_buf<vec, 16x1xf16, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xui8>) {quant_type = #pto<quant_type INT8_ASYM>}
  func.return
}
