// RUN: pto-opt %s --verify-diagnostics

func.func @slot_type(%r: !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2>, %i: index) {
  // expected-error@+1 {{rows=16, cols=32, v_row=16, v_col=32, blayout=row_major, slayout=none_box, fractal=512, pad=0>, not !pto.tile_buf<loc=mat, dtype=i8, rows=16, cols=64,}}
  %t = pto.multi_tile_get %r[%i]
    : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2> -> !pto.tile_buf<mat, 16x64xi8>
  func.return
}
