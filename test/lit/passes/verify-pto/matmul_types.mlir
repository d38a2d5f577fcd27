// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @matmul_types(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %a: !pto.tile_buf<acc, 16x32xi32, blayout=col_major, slayout=row_major, fractal=1024>) {
  // expected-error@+1 {{the cube unit does not multiply f16 with f16 into i32 [TW0108]}}
  pto.tmatmul.acc ins(%a, %l, %r : !pto.tile_buf<acc, 16x32xi32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>)
    outs(%a : !pto.tile_buf<acc, 16x32xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}
