// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{tile dimensions are static and positive, got 16x0 [TW0103]}}
func.func private @tile_extent(!tile.tile<16x0xi8>)
