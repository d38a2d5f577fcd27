// RUN: pto-opt %s --verify-diagnostics

func.func @tinsert_element(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>, %i: index) {
  // expected-error@+1 {{pto.tinsert does not take f32 to i8 here [TW0108]}}
  pto.tinsert ins(%a, %i, %i : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, index, index)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>)
  func.return
}
