// RUN: pto-opt %s --verify-diagnostics

func.func @size() {
  // expected-error@+1 {{a reserved buffer has at least one byte, got 0 [TW0142]}}
  %a = pto.reserve_buffer {name = "n", size = 0, location = #pto.address_space<vec>, auto = true} -> i32
  func.return
}
