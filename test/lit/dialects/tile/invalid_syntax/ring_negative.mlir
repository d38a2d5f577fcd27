// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected integer literal}}
func.func private @ring_negative(!tile.ring<-1 x !tile.tile<16x32xi8, mat>>)
