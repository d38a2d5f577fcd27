// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected 'x'}}
func.func private @ring_without_x(!tile.ring<2, !tile.tile<16x32xi8, mat>>)
