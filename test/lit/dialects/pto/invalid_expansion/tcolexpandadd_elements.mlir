// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpandadd_elements(
    %src0: !pto.tile_buf<vec, 16x32xbf16>, %src1: !pto.tile_buf<vec, 1x32xbf16>,
    %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.tcolexpandadd does not take bf16 in %src0; it takes }}
  pto.tcolexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xbf16>, !pto.tile_buf<vec, 1x32xbf16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}
