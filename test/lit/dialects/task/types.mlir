// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s

// CHECK-LABEL: func.func private @types(
// CHECK-SAME:    !task.id, !task.array)
func.func private @types(!task.id, !task.array)
