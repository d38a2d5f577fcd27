// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandmax_elements(
    %src0: !pto.tile_buf<vec, 16x32xbf16>, %src1: !pto.tile_buf<vec, 16x1xbf16, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.trowexpandmax does not take bf16 in %src0; it takes }}
  pto.trowexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xbf16>, !pto.tile_buf<vec, 16x1xbf16, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}
