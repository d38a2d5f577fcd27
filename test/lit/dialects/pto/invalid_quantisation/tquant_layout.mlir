// RUN: pto-opt %s --verify-diagnostics

func.func @tquant_layout(
    %src: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %fp: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{%src is col_major, pto.tquant takes row_major here [TW0124]}}
  pto.tquant ins(%src, %fp : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>) {quant_type = #pto<quant_type INT8_SYM>}
  func.return
}
