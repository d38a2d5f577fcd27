// RUN: pto-opt %s --verify-diagnostics

func.func @two_rooms() {
  // expected-error@+1 {{a function has one pto.reserve_buffer at most [TW0142]}}
  %a = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
  // expected-error@+1 {{a function has one pto.reserve_buffer at most [TW0142]}}
  %b = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
  func.return
}
