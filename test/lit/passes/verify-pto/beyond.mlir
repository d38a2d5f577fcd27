// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @beyond() {
  %a = arith.constant 523808 : i64
  // expected-error@+1 {{the buffer ends at 524320, but mat has 524288 bytes [TW0117]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<mat, 16x32xi8>
  func.return
}
