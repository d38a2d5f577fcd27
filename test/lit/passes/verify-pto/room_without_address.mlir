// RUN: pto-opt %s -p verify-pto{strength=ptoas} --verify-diagnostics

func.func @room_without_address() {
  %a = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 16x64xf32>
  // expected-error@+1 {{%b has no address, but %t has one [TW0332]}}
  %b = pto.reserve_buffer {name = "ring", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
  func.return
}
