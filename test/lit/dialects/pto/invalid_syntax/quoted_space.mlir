// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{unknown loc: ub}}
func.func private @quoted_space(!pto.tile_buf<loc="ub", dtype=i8, rows=16, cols=32, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0>)
