// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{'<' expected}}
func.func private @no_parameters(!tile.tile)
