// RUN: pto-opt %s --verify-diagnostics

func.func @tci_column(%start: i32, %dst: !pto.tile_buf<vec, 16x1xi32>) {
  // expected-error@+1 {{%dst has one column; pto.tci counts along columns [TW0110]}}
  pto.tci ins(%start {descending = true} : i32) outs(%dst : !pto.tile_buf<vec, 16x1xi32>)
  func.return
}
