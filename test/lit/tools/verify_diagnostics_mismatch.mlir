// RUN: not pto-opt %s --split-input-file --verify-diagnostics 2>&1 | filecheck %s

// CHECK:      error[TW0009]: expected error on line 5 was not produced: nothing is wrong here
// CHECK-NEXT: mismatch.mlir:5:4
// expected-error {{nothing is wrong here}}
func.func @missing() {
  func.return
}

// -----

// CHECK:      error[TW0009]: unexpected error: unknown operation 'func.retrun' [TW0001]
// CHECK-NEXT: mismatch.mlir:15:3
func.func @unexpected() {
  func.retrun
}
