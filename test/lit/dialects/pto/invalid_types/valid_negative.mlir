// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the valid part -5x32 has negative extents [TW0104]}}
func.func private @valid_negative(!pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=32, v_row=-5, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0>)
