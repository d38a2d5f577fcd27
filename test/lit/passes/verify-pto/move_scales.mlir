// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @move_scales(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>, %f: !pto.tile_buf<scaling, 1x32xui64>) {
  // expected-error@+1 {{a move that scales does not take f32 to f16 [TW0108]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %f : !pto.tile_buf<scaling, 1x32xui64>)
    outs(%m : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>)
  func.return
}
