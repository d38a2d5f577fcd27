// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile buffer has two static dimensions [TW0103]}}
func.func private @buffer_rank(!pto.tile_buf<vec, 16xf32>)
