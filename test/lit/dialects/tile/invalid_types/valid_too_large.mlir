// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the valid part 17x32 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_too_large(!tile.tile<16x32xi8, valid = 17x32>)
