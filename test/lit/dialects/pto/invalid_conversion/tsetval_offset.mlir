// RUN: pto-opt %s --verify-diagnostics

func.func @tsetval_offset(%offset: i32, %val: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{i32 should be of base attribute index}}
  pto.tsetval ins(%offset, %val : i32, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
