// RUN: pto-opt %s --verify-diagnostics

func.func @tci_start(%start: i16, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%start is i16, %dst has elements of i32 [TW0126]}}
  pto.tci ins(%start {descending = true} : i16) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
