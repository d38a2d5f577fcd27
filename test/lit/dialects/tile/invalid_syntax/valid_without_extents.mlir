// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected '='}}
func.func private @valid_without_extents(!tile.tile<16x32xi8, valid 5x5>)
