// RUN: pto-opt %s --split-input-file -p canonicalize | filecheck %s
// RUN: not pto-opt %s -p canonicalize 2>&1 | filecheck %s --check-prefix=WHOLE

// Each part is a module of its own, so a name may occur twice.
// CHECK:       func.func @same
// CHECK:       // -----
// CHECK-NEXT:  builtin.module
// CHECK-NEXT:  func.func @same
// CHECK-NEXT:  func.return

// WHOLE: error[TW0100]: 'func.func': the symbol @same is defined twice
// WHOLE: it is defined first at {{.*}}:13:1
func.func @same() {
  func.return
}

// -----

func.func @same() {
  %unused = arith.constant 1 : i32
  func.return
}
