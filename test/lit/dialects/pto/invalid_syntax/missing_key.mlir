// RUN: pto-opt %s --verify-diagnostics

// expected-error@+2 {{Expected ','}}
func.func private @missing_key(!pto.tile_buf<loc=vec, dtype=i8, rows=16, cols=32, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512>)
