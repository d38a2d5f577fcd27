// RUN: pto-opt %s --verify-diagnostics

func.func @peer_without_room() {
  // expected-error@+1 {{@peer_without_room reserves no buffer "n" [TW0142]}}
  %a = pto.import_reserved_buffer {name = "n", peer_func = @peer_without_room} -> i32
  func.return
}
