// RUN: pto-opt %s --verify-diagnostics

func.func @k(%x: !pto.ptr<f16>) {
  func.return
}
func.func @f(%x: !tile.tensor<16x32xf32>) {
  // expected-error@+1 {{@k takes (!pto.ptr<f16>), but gets (!tile.tensor<16x32xf32>) [TW0663]}}
  %t = task.submit @k(%x) : !tile.tensor<16x32xf32>
  func.return
}
