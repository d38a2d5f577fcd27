// RUN: pto-opt %s -p 'verify-pto{strength=ptoas}' | filecheck %s
// RUN: pto-opt %s -p 'verify-pto{strength=library}' | filecheck %s
// RUN: not pto-opt %s -p verify-pto 2>&1 | filecheck %s --check-prefix=HARDWARE
// RUN: not pto-opt %s -p 'verify-pto{strength=cpu}' 2>&1 | filecheck %s --check-prefix=OPTION

// What the hardware alone objects to is let through by the weaker strengths, and the program is not changed.
// CHECK-LABEL: func.func @negative
// CHECK:         pto.alloc_tile addr
// HARDWARE: error[TW0116]: address -32 is negative
// OPTION: error[TW0003]
func.func @negative() {
  %a = arith.constant -32 : i64
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<mat, 16x32xi8>
  func.return
}
