// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @runtime_memory() {
  %a = arith.constant 188416 : i64
  // expected-warning@+1 {{the buffer ends at 196608, but the runtime uses vec from 188416 on [TW0150]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 64x32xf32>
  func.return
}
