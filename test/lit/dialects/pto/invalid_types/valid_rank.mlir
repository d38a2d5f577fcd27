// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile buffer has two static dimensions [TW0103]}}
func.func private @valid_rank(!pto.tile_buf<vec, 16x32xf32, valid=16>)
