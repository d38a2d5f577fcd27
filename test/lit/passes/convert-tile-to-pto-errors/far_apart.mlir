// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

// expected-error@+1 {{rows of %t are 70000 elements apart, and a load into Mat takes at most 65535 [TW0306]}}
func.func @far_apart(%t: !tile.tensor<16x70000xi8>) {
  func.return
}
