// RUN: pto-opt %s --verify-diagnostics

func.func @buffer_number() {
  // expected-error@+1 {{the number of a buffer is 0 to 31, got 32 [TW0147]}}
  pto.get_buf[#pto.pipe_event_type<TVEC>, 32]
  func.return
}
