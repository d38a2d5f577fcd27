// RUN: pto-opt %s -p verify-pto{strength=ptoas} --verify-diagnostics

func.func @tassign_without_address(%a: i64) {
  // expected-error@+1 {{%t has no address, but %u has one [TW0332]}}
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x32xf32>
  %u = pto.tassign %t, %a : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 16x32xf32>
  func.return
}
