// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{the tiles of a ring have a space [TW0105]}}
func.func private @ring_unplaced(!tile.ring<2 x !tile.tile<16x32xi8>>)
