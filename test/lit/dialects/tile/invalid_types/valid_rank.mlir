// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the valid part 5 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_rank(!tile.tile<16x32xi8, valid = 5>)
