// RUN: pto-opt %s --verify-diagnostics

func.func @negative_base() {
  // expected-error@+1 {{base -32 is negative [TW0142]}}
  %a = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = false, base = -32} -> i32
  func.return
}
