// RUN: pto-opt %s --verify-diagnostics

func.func @trems_elements(
    %src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f16, %tmp: !pto.tile_buf<vec, 1x32xf16>,
    %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{pto.trems does not take f16 in %src; it takes }}
  pto.trems ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xf16>, f16, !pto.tile_buf<vec, 1x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}
