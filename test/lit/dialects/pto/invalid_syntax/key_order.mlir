// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected 'rows'}}
func.func private @key_order(!pto.tile_buf<loc=vec, dtype=i8, cols=32, rows=16, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0>)
