// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile buffer has two static dimensions [TW0103]}}
func.func private @buffer_extent(!pto.tile_buf<loc=vec, dtype=f32, rows=-3, cols=32, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0>)
