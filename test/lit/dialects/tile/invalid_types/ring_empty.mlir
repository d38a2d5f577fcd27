// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a ring has at least one slot [TW0105]}}
func.func private @ring_empty(!tile.ring<0 x !tile.tile<16x32xi8, mat>>)
