// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the valid part 5x? does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_dynamic(!tile.tile<16x32xi8, valid = 5x?>)
