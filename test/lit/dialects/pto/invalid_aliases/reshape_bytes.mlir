// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_bytes(%t: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{a reshape keeps all bytes, got 16x32 f32 and 16x16 f32 [TW0144]}}
  %u = pto.treshape %t : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 16x16xf32>
  func.return
}
