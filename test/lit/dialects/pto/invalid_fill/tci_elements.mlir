// RUN: pto-opt %s --verify-diagnostics

func.func @tci_elements(%start: i8, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tci does not take i8 in %dst; it takes }}
  pto.tci ins(%start {descending = true} : i8) outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
