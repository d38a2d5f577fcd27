// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{si8 is no element type of this chip}}
func.func private @tile_element(!tile.tile<16x32xsi8, mat>)
