// RUN: pto-opt %s --verify-diagnostics

func.func @f(%o: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %tile = tile.full 0.0 : f32 : !tile.tile<16x32xf32>
  // expected-error@+1 {{the scope uses %tile, a tile from outside; store it to a tensor [TW0662]}}
  %t = task.scope "s" {
    tile.store %tile, %o[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
  }
  func.return
}
