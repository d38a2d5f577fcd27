// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s -t mlir-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @sum(
// CHECK-SAME:      %[[N:.*]]: index) -> index {
// CHECK:         %[[S:.*]] = scf.for
// CHECK:           arith.addi
// CHECK:         func.return %[[S]] : index

// GENERIC: "func.func"() <{sym_name = "sum"
// GENERIC: "scf.for"
func.func @sum(%n: index) -> index {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %s = scf.for %i = %zero to %n step %one iter_args(%acc = %zero) -> (index) {
    %next = arith.addi %acc, %i : index
    scf.yield %next : index
  }
  func.return %s : index
}
