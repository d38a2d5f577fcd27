// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @negative() {
  %a = arith.constant -32 : i64
  // expected-error@+1 {{address -32 is negative [TW0116]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<mat, 16x32xi8>
  func.return
}
