// RUN: pto-opt %s --verify-diagnostics

func.func @tdequant_elements(
    %src: !pto.tile_buf<vec, 16x32xui8>, %scale: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tdequant does not take ui8 in %src; it takes }}
  pto.tdequant ins(%src, %scale, %offset : !pto.tile_buf<vec, 16x32xui8>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
