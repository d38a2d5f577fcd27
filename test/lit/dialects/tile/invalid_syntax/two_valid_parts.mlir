// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected `mat`,}}
func.func private @two_valid_parts(!tile.tile<16x32xi8, valid = 5x5, valid = 6x6>)
