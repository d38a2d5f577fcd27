// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{i8 should be of base attribute pto.tile_buf [TW0001]}}
func.func private @several_numbers(!pto.multi_tile_buf<i8, count=3>)
