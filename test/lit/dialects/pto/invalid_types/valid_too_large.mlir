// RUN: pto-opt %s --verify-diagnostics

// ptoas takes the type, but no instruction on it.
func.func @valid_too_large(%t: !pto.tile_buf<vec, 16x32xf32, valid=?x33>) {
  // expected-error@+1 {{the valid part of %t, ?x33, does not lie within the tile, 16x32 [TW0104]}}
  pto.texp ins(%t : !pto.tile_buf<vec, 16x32xf32, valid=?x33>) outs(%t : !pto.tile_buf<vec, 16x32xf32, valid=?x33>)
  func.return
}
