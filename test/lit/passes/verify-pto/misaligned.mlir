// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @misaligned() {
  %a = arith.constant 48 : i64
  // expected-error@+1 {{address 48 is not a multiple of the 32 bytes that mat needs [TW0116]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<mat, 16x32xi8>
  func.return
}
