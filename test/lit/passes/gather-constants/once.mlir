// RUN: pto-opt %s -p gather-constants | filecheck %s

// One constant of each kind that is used, in the order of its first use, before everything else.
// CHECK-LABEL: func.func @once(
// CHECK-NEXT:    %[[C1:.*]] = arith.constant 1 : index
// CHECK-NEXT:    %[[C4:.*]] = arith.constant 4 : index
// CHECK-NEXT:    %[[B1:.*]] = arith.constant 1 : i64
// CHECK-NEXT:    scf.for %{{.*}} = %[[C1]] to %[[C4]] step %[[C1]]
// CHECK-NOT:       arith.constant
// CHECK:           func.call @f(%[[B1]])
func.func @once() {
  %c9 = arith.constant 9 : index
  %c4 = arith.constant 4 : index
  %c1 = arith.constant 1 : index
  %again = arith.constant 1 : index
  scf.for %i = %c1 to %c4 step %again {
    %b1 = arith.constant 1 : i64
    func.call @f(%b1) : (i64) -> ()
  }
  func.return
}
func.func private @f(i64)
