// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @several_beyond() {
  %a = arith.constant 0 : i64
  // expected-error@+1 {{the buffer ends at 786432, but mat has 524288 bytes [TW0117]}}
  %t = pto.alloc_multi_tile addr = %a : !pto.multi_tile_buf<!pto.tile_buf<mat, 512x512xi8>, count=3>
  func.return
}
