// RUN: pto-opt %s -p canonicalize,cse --pass-timing 2>&1 | filecheck %s

// CHECK:      wall ms       %  step
// CHECK-NEXT: {{[0-9.]+ +[0-9.]+}}  parse
// CHECK-NEXT: {{[0-9.]+ +[0-9.]+}}  verify
// CHECK-NEXT: {{[0-9.]+ +[0-9.]+}}  canonicalize
// CHECK-NEXT: {{[0-9.]+ +[0-9.]+}}  cse
// CHECK-NEXT: {{[0-9.]+ +[0-9.]+}}  emit
// CHECK-NEXT: {{[0-9.]+ +}}100.0  total
func.func @f() {
  func.return
}
