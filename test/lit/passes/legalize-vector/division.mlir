// RUN: pto-opt %s -p legalize-vector --verify-diagnostics

func.func @division(%x: !tile.tensor<16x64xi32>, %y: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xi32> -> !tile.tile<16x64xi32, vec>
  // expected-error@+1 {{the vector core has no tile.div for i32 [TW0313]}}
  %r = tile.div %a, %a : !tile.tile<16x64xi32, vec>, !tile.tile<16x64xi32, vec> -> !tile.tile<16x64xi32, vec>
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xi32, vec>, !tile.tensor<16x64xi32>
  func.return
}
