// RUN: pto-opt %s --verify-diagnostics

func.func @bitcast_bytes(%t: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{f32 needs more bytes than f16 [TW0144]}}
  %u = pto.bitcast %t : !pto.tile_buf<vec, 16x32xf16> -> !pto.tile_buf<vec, 16x32xf32>
  func.return
}
