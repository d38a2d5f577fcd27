// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @misaligned_in_left() {
  %a = arith.constant 32 : i64
  // expected-error@+1 {{address 32 is not a multiple of the 512 bytes that left needs [TW0116]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<left, 16x32xi8>
  func.return
}
