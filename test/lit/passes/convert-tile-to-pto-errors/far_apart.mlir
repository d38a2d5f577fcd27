// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @far_apart(%t: !tile.tensor<16x70000xi8>) {
  %c0 = arith.constant 0 : index
  // expected-error@+1 {{rows of %t are 70000 elements apart, and a load into Mat takes at most 65535 [TW0306]}}
  %x = tile.load %t[%c0, %c0] : !tile.tensor<16x70000xi8> -> !tile.tile<16x64xi8, mat>
  func.return
}
