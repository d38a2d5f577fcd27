// RUN: pto-opt %s --verify-diagnostics

func.func @trem_elements(
    %src0: !pto.tile_buf<vec, 16x32xf16>, %src1: !pto.tile_buf<vec, 16x32xf16>, %tmp: !pto.tile_buf<vec, 1x32xf16>,
    %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{pto.trem does not take f16 in %src0; it takes }}
  pto.trem ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec,
      1x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}
