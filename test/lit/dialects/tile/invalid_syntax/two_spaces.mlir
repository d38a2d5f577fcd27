// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile has one space and one valid part}}
func.func private @two_spaces(!tile.tile<16x32xi8, mat, left>)
