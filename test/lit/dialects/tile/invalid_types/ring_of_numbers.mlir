// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{i8 should be of base attribute tile.tile [TW0001]}}
func.func private @ring_of_numbers(!tile.ring<2 x i8>)
