// RUN: pto-opt %s --verify-diagnostics

func.func @tfmods_elements(
    %src: !pto.tile_buf<vec, 16x32xbf16>, %scalar: bf16, %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.tfmods does not take bf16 in %src; it takes }}
  pto.tfmods ins(%src, %scalar : !pto.tile_buf<vec, 16x32xbf16>, bf16) outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}
