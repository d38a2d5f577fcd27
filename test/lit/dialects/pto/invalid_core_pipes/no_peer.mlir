// RUN: pto-opt %s --verify-diagnostics

func.func @no_peer() {
  // expected-error@+1 {{there is no function @f [TW0142]}}
  %a = pto.import_reserved_buffer {name = "n", peer_func = @f} -> i32
  func.return
}
