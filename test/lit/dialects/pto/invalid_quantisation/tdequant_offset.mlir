// RUN: pto-opt %s --verify-diagnostics

func.func @tdequant_offset(
    %src: !pto.tile_buf<vec, 16x32xi8>, %scale: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %offset: !pto.tile_buf<vec, 16x1xf16, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tdequant does not take f16 in %offset; it takes f32 [TW0108]}}
  pto.tdequant ins(%src, %scale, %offset : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x1xf16, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
