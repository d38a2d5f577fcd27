// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the valid part ?x33 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_too_large(!pto.tile_buf<vec, 16x32xf32, valid=?x33>)
