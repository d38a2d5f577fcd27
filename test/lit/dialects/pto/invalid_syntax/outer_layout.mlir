// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{expected blayout to be one of row_major, col_major, got none_box}}
func.func private @outer_layout(!pto.tile_buf<vec, 16x32xi8, blayout=none_box>)
