// RUN: pto-opt %s --verify-diagnostics

func.func @taxpy_shape(
    %src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f16, %dst: !pto.tile_buf<vec, 32x32xf32, valid=16x32>) {
  // expected-error@+1 {{%src is 16x32, %dst is 32x32 [TW0110]}}
  pto.taxpy ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f16)
      outs(%dst : !pto.tile_buf<vec, 32x32xf32, valid=16x32>)
  func.return
}
