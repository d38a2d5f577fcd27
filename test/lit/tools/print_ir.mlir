// RUN: pto-opt %s -p canonicalize,cse --print-ir-after-all --print-ir-before-all 2>&1 | filecheck %s
// RUN: pto-opt %s -p canonicalize,cse --print-ir-after=cse 2>&1 | filecheck %s --check-prefix=ONE
// RUN: pto-opt %s --print-debuginfo | filecheck %s --check-prefix=LOC
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK:      // -----// IR Dump Before canonicalize //----- //
// CHECK-NEXT: builtin.module
// CHECK:        arith.constant
// CHECK:      // -----// IR Dump After canonicalize //----- //
// CHECK-NOT:    arith.constant
// CHECK:      // -----// IR Dump Before cse //----- //
// CHECK:      // -----// IR Dump After cse //----- //

// ONE-NOT:   IR Dump After canonicalize
// ONE-COUNT-1: IR Dump After cse

// LOC: arith.constant 1 : i32 loc("{{.*}}print_ir.mlir":20:13)
// GENERIC: "arith.constant"() <{value = 1 : i32}> : () -> i32
func.func @f() {
  %unused = arith.constant 1 : i32
  func.return
}
