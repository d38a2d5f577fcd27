// RUN: pto-opt %s --verify-diagnostics

func.func @bitcast_shape(%t: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{a bitcast keeps the shape, got 16x32 and 8x64 [TW0144]}}
  %u = pto.bitcast %t : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 8x64xi32>
  func.return
}
