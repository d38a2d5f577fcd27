// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_no_offset(
    %src: !pto.tile_buf<vec, 16x32xf32>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xui8>) {
  // expected-error@+1 {{pto.tquant takes an offset with INT8_ASYM and only then [TW0128]}}
  pto.tquant ins(%src, %fp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xui8>) {quant_type = #pto<quant_type INT8_ASYM>}
  func.return
}
