// RUN: pto-opt %s -p outline-scopes | filecheck %s

// Tensors and scalars become arguments in the order in which the function has them: parameters, then what it computes.
// Constants and views are repeated in the kernel.
// CHECK-LABEL: func.func @f_double(
// CHECK-SAME:    %x: !tile.tensor<64x32xf32> {task.direction = "in"},
// CHECK-SAME:    %y: !tile.tensor<64x32xf32> {task.direction = "out"}, %row: index) attributes {level = "core_group", task.kernel}
// CHECK:         %[[C0:.*]] = arith.constant 0 : index
// CHECK-NEXT:    %[[V:.*]] = tile.view %x[%row, %[[C0]]]
// CHECK-NEXT:    %[[A:.*]] = tile.load %[[V]][%[[C0]], %[[C0]]]
// CHECK:         tile.store %{{.*}}, %y[%row, %[[C0]]]
// CHECK-NEXT:    func.return
// CHECK-LABEL: func.func @f(
// CHECK-SAME:    attributes {task.orchestration}
// CHECK:         scf.for
// CHECK:           %t = task.submit @f_double(%x, %y, %row) :
// CHECK-NOT:     task.scope
func.func @f(%x: !tile.tensor<64x32xf32>, %y: !tile.tensor<64x32xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c16 = arith.constant 16 : index
  scf.for %i = %c0 to %c4 step %c1 {
    %row = arith.muli %i, %c16 : index
    %v = tile.view %x[%row, %c0] : !tile.tensor<64x32xf32> -> !tile.tensor<16x32xf32>
    %t = task.scope "double" attributes {level = "core_group"} {
      %a = tile.load %v[%c0, %c0] : !tile.tensor<16x32xf32> -> !tile.tile<16x32xf32>
      %b = tile.add %a, %a : !tile.tile<16x32xf32>, !tile.tile<16x32xf32> -> !tile.tile<16x32xf32>
      tile.store %b, %y[%row, %c0] : !tile.tile<16x32xf32>, !tile.tensor<64x32xf32>
    }
  } {task.parallel}
  func.return
}
