// RUN: pto-opt %s -p outline-scopes | filecheck %s

// CHECK-LABEL: func.func @f_s(
// CHECK-SAME:    %a: !tile.tensor<16x32xf32> {task.direction = "inout"},
// CHECK-SAME:    %b: !tile.tensor<16x32xf32> {task.direction = "out"},
// CHECK-SAME:    %c: !tile.tensor<16x32xf32> {task.direction = "in"},
// CHECK-SAME:    %d: !tile.tensor<16x32xf32> {task.direction = "inout"})
func.func @f(
    %a: !tile.tensor<16x32xf32>, %b: !tile.tensor<16x32xf32>, %c: !tile.tensor<16x32xf32>, %d: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %t = task.scope "s" {
    %x = tile.load %a[%c0, %c0] : !tile.tensor<16x32xf32> -> !tile.tile<16x32xf32>
    tile.store %x, %b[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
    tile.store %x, %d[%c0, %c0] atomic add : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
    %flat = tile.tensor_reshape %a : !tile.tensor<16x32xf32> -> !tile.tensor<512xf32>
    %e = tile.read %c[%c0, %c0] : !tile.tensor<16x32xf32> -> f32
    tile.write %e, %flat[%c0] : f32, !tile.tensor<512xf32>
  }
  func.return
}
