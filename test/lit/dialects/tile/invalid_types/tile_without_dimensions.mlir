// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{a tile has two dimensions, got none [TW0103]}}
func.func private @tile_without_dimensions(!tile.tile<i8>)
