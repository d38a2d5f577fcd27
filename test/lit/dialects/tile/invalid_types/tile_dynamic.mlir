// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{tile dimensions are static and positive, got ?x32 [TW0103]}}
func.func private @tile_dynamic(!tile.tile<?x32xi8>)
