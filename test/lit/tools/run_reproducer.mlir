// RUN: pto-opt %s -p canonicalize -t mlir-generic | filecheck %s
// RUN: pto-opt %s --run-reproducer | filecheck %s

// CHECK: "builtin.module"
// CHECK-NOT: arith.constant
"func.func"() <{sym_name = "f", function_type = () -> ()}> ({
  %unused = arith.constant 1 : i32
  func.return
}) : () -> ()
