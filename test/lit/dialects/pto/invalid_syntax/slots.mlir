// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected 'count'}}
func.func private @slots(!pto.multi_tile_buf<!pto.tile_buf<vec, 16x32xi8>, slots=3>)
