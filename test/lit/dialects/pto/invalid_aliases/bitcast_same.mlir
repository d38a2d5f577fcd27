// RUN: pto-opt %s --verify-diagnostics

func.func @bitcast_same(%t: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{a bitcast changes the element type, which is f32 already [TW0144]}}
  %u = pto.bitcast %t : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 16x32xf32>
  func.return
}
