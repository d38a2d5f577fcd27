// RUN: pto-opt %s --verify-diagnostics

func.func @tdequant_layout(
    %src: !pto.tile_buf<vec, 16x32xi8>, %scale: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.tdequant takes row_major here [TW0124]}}
  pto.tdequant ins(%src, %scale, %offset : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
  func.return
}
