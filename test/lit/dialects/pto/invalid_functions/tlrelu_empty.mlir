// RUN: pto-opt %s --verify-diagnostics

func.func @tlrelu_empty(
    %src: !pto.tile_buf<vec, 16x32xf32, valid=0x32>, %slope: f32, %dst: !pto.tile_buf<vec, 16x32xf32, valid=0x32>) {
  // expected-error@+1 {{the valid part of %src is empty [TW0110]}}
  pto.tlrelu ins(%src, %slope : !pto.tile_buf<vec, 16x32xf32, valid=0x32>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=0x32>)
  func.return
}
