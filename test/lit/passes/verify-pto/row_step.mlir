// RUN: pto-opt %s -p verify-pto --verify-diagnostics

// Sixteen rows of i32 are charged as 32 in Acc.
func.func @row_step() {
  %a = arith.constant 114688 : i64
  // expected-error@+1 {{the buffer ends at 147456, but acc has 131072 bytes [TW0117]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<acc, 16x256xi32>
  func.return
}
