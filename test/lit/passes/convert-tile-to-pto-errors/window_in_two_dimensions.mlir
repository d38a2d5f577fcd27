// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @two(%t: !tile.tensor<4x8x64xf32>) {
  %c0 = arith.constant 0 : index
  // expected-error@+1 {{the rows of a window of 2x4x64 are not equally far apart in a tensor of 4x8x64 [TW0314]}}
  %x = tile.load %t[%c0, %c0, %c0] sizes [2, 4, 64] : !tile.tensor<4x8x64xf32> -> !tile.tile<8x64xf32, vec>
  func.return
}
