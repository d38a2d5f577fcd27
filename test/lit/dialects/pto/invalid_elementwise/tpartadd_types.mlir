// RUN: pto-opt %s --verify-diagnostics

func.func @tpartadd_types(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf16>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 has elements of f32, %src1 of f16 [TW0110]}}
  pto.tpartadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
