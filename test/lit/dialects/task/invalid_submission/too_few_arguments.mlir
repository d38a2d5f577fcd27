// RUN: pto-opt %s --verify-diagnostics

func.func @k(%x: !tile.tensor<16x32xf32>, %i: index) {
  func.return
}
func.func @f(%x: !tile.tensor<16x32xf32>) {
  // expected-error@+1 {{@k takes (!tile.tensor<16x32xf32>, index), but gets (!tile.tensor<16x32xf32>) [TW0663]}}
  %t = task.submit @k(%x) : !tile.tensor<16x32xf32>
  func.return
}
