// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a multi-tile buffer has at least one slot [TW0105]}}
func.func private @no_slot(!pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=0>)
