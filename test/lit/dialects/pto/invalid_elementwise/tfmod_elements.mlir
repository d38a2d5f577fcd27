// RUN: pto-opt %s --verify-diagnostics

func.func @tfmod_elements(
    %src0: !pto.tile_buf<vec, 16x32xbf16>, %src1: !pto.tile_buf<vec, 16x32xbf16>,
    %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.tfmod does not take bf16 in %src0; it takes }}
  pto.tfmod ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xbf16>, !pto.tile_buf<vec, 16x32xbf16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}
