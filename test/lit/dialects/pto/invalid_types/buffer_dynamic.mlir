// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile buffer has two static dimensions [TW0103]}}
func.func private @buffer_dynamic(!pto.tile_buf<vec, ?x32xf32>)
