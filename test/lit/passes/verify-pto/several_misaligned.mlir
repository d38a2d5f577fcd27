// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @several_misaligned() {
  %a = arith.constant 1 : i64
  // expected-error@+1 {{address 1 is not a multiple of the 32 bytes that mat needs [TW0116]}}
  %t = pto.alloc_multi_tile addr = %a : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2>
  func.return
}
