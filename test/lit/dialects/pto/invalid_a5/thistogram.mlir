// RUN: pto-opt %s --verify-diagnostics

func.func @thistogram(
    %src: !pto.tile_buf<vec, 16x32xui16>, %idx: !pto.tile_buf<vec, 16x32xui8>,
    %dst: !pto.tile_buf<vec, 16x256xui32>) {
  // expected-error@+1 {{pto.thistogram exists only on A5; this program is for a2a3 [TW0123]}}
  pto.thistogram ins(%src, %idx : !pto.tile_buf<vec, 16x32xui16>, !pto.tile_buf<vec, 16x32xui8>)
      outs(%dst : !pto.tile_buf<vec, 16x256xui32>) {isMSB = false}
  func.return
}
