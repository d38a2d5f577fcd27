// RUN: pto-opt %s --verify-diagnostics

func.func @no_base() {
  // expected-error@+1 {{auto = false needs base = N [TW0142]}}
  %a = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = false} -> i32
  func.return
}
