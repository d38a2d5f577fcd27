// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile has two dimensions, got 16x32x4 [TW0103]}}
func.func private @tile_rank(!tile.tile<16x32x4xi8>)
