// RUN: pto-opt %s --verify-diagnostics

func.func @scaled_bias(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %b: !pto.tile_buf<bias, 1x32xi32>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %s: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the bias of a scaled matmul holds f32, not i32 [TW0108]}}
  pto.tmatmul.mx.bias ins(%l, %s, %r, %s, %b : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<bias, 1x32xi32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}
