// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{expected slayout to be one of none_box, row_major, col_major, got zigzag}}
func.func private @inner_layout(!pto.tile_buf<vec, 16x32xi8, slayout=zigzag>)
