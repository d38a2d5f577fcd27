// RUN: pto-opt %s -p outline-scopes | filecheck %s

// The order of arguments does not depend on what a kernel uses first: parameters, the variable of a loop, what is computed
// in it, results of one op one after the other. What is captured for the sake of a view counts like anything else.
// CHECK-LABEL: func.func @f_first(
// CHECK-SAME:    %a: {{[^,]*}}, %b: {{[^,]*}}, %i: index, %p: index, %q: index)
// CHECK-NEXT:    %[[C0:.*]] = arith.constant 0 : index
// CHECK-NEXT:    %[[V:.*]] = tile.view %b[%p, %[[C0]]]
// CHECK-NEXT:    tile.load %a[%q, %i]
// CHECK-NEXT:    tile.store %{{.*}}, %[[V]][%[[C0]], %[[C0]]]
// CHECK-LABEL: func.func @f_second(
// CHECK-SAME:    %a: {{[^,]*}}, %b: {{[^,]*}}, %i: index, %p: index, %q: index)
// CHECK-NEXT:    %[[C0:.*]] = arith.constant 0 : index
// CHECK-NEXT:    %[[V:.*]] = tile.view %b[%p, %[[C0]]]
// CHECK-NEXT:    tile.load %[[V]][%[[C0]], %[[C0]]]
// CHECK-NEXT:    tile.store %{{.*}}, %a[%q, %i]
// CHECK-LABEL: func.func @f(
// CHECK:           task.submit @f_first(%a, %b, %i, %p, %q) :
// CHECK:           task.submit @f_second(%a, %b, %i, %p, %q) :
func.func @f(%a: !tile.tensor<64x32xf32>, %unused: !tile.tensor<64x32xf32>, %b: !tile.tensor<64x32xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.for %i = %c0 to %c4 step %c1 {
    %p, %q = scf.for %j = %c0 to %c4 step %c1 iter_args(%u = %c0, %w = %i) -> (index, index) {
      scf.yield %w, %j : index, index
    }
    %v = tile.view %b[%p, %c0] : !tile.tensor<64x32xf32> -> !tile.tensor<16x32xf32>
    %t = task.scope "first" {
      %x = tile.load %a[%q, %i] : !tile.tensor<64x32xf32> -> !tile.tile<16x32xf32>
      tile.store %x, %v[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
    }
    %t2 = task.scope "second" {
      %x = tile.load %v[%c0, %c0] : !tile.tensor<16x32xf32> -> !tile.tile<16x32xf32>
      tile.store %x, %a[%q, %i] : !tile.tile<16x32xf32>, !tile.tensor<64x32xf32>
    }
  }
  func.return
}
