// RUN: pto-opt %s --verify-diagnostics

func.func @tci_integer(%start: f32, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{the scalar must be an integer [TW0126]}}
  pto.tci ins(%start {descending = true} : f32) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
