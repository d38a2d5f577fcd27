// RUN: pto-opt %s -p outline-scopes --verify-diagnostics

// expected-error@+1 {{@k writes %y, which is given as 'in' [TW0667]}}
func.func @k(%y: !tile.tensor<16x32xf32> {task.direction = "in"}) attributes {task.kernel} {
  %c0 = arith.constant 0 : index
  %x = arith.constant 1.0 : f32
  tile.write %x, %y[%c0, %c0] : f32, !tile.tensor<16x32xf32>
  func.return
}
