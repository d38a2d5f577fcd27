// RUN: pto-opt %s --verify-diagnostics

func.func @k(%x: !tile.tensor<16x32xf32> {task.direction = "sideways"}) {
  func.return
}
func.func @f(%x: !tile.tensor<16x32xf32>) {
  // expected-error@+1 {{the direction of an argument is in, out or inout, not "sideways" [TW0667]}}
  %t = task.submit @k(%x) : !tile.tensor<16x32xf32>
  func.return
}
