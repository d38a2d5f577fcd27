// RUN: pto-opt %s --verify-diagnostics

func.func @location() {
  // expected-error@+1 {{a buffer is reserved in vec or mat, not in left [TW0142]}}
  %a = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<left>, auto = true} -> i32
  func.return
}
