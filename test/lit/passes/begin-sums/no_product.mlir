// RUN: pto-opt %s -p begin-sums | filecheck %s

// Zeros that a branch hands on, and that no matmul adds to, are numbers like others.
// CHECK-LABEL: func.func @no_product(
// CHECK:         %[[ZERO:.*]] = tile.full 0.0
// CHECK:         scf.yield %[[ZERO]]
// CHECK:         scf.yield %[[ZERO]]
func.func @no_product(%flag: i1, %x: !tile.tensor<16x64xf32>, %out: !tile.tensor<16x64xf32>, %out1: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %zero = tile.full 0.0 : f32 : !tile.tile<16x64xf32>
  %three = tile.full 3.0 : f32 : !tile.tile<16x64xf32>
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32>
  %s = scf.if %flag -> (!tile.tile<16x64xf32>) {
    scf.yield %zero : !tile.tile<16x64xf32>
  } else {
    scf.yield %a : !tile.tile<16x64xf32>
  }
  %t = scf.if %flag -> (!tile.tile<16x64xf32>) {
    scf.yield %three : !tile.tile<16x64xf32>
  } else {
    scf.yield %zero : !tile.tile<16x64xf32>
  }
  tile.store %s, %out[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  tile.store %t, %out1[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  func.return
}
