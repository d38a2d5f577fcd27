// RUN: pto-opt %s --verify-diagnostics

func.func @trowprod_elements(
    %src: !pto.tile_buf<vec, 16x32xbf16>, %tmp: !pto.tile_buf<vec, 16x32xbf16>,
    %dst: !pto.tile_buf<vec, 16x1xbf16, blayout=col_major>) {
  // expected-error@+1 {{pto.trowprod does not take bf16 in %src; it takes }}
  pto.trowprod ins(%src, %tmp : !pto.tile_buf<vec, 16x32xbf16>, !pto.tile_buf<vec, 16x32xbf16>)
      outs(%dst : !pto.tile_buf<vec, 16x1xbf16, blayout=col_major>)
  func.return
}
