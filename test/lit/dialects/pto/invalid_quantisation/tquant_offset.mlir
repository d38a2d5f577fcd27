// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_offset(
    %src: !pto.tile_buf<vec, 16x32xf32>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tquant takes an offset with INT8_ASYM and only then [TW0128]}}
  pto.tquant ins(%src, %fp, %offset : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
      !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>) {quant_type = #pto<quant_type INT8_SYM>}
  func.return
}
