// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @buffer_ids() {
  // expected-error@+1 {{pto.get_buf exists only on A5; this program is for a2a3 [TW0123]}}
  pto.get_buf[#pto.pipe_event_type<TVEC>, 3]
  // expected-error@+1 {{pto.rls_buf exists only on A5; this program is for a2a3 [TW0123]}}
  pto.rls_buf[#pto.pipe_event_type<TVEC>, 3]
  func.return
}
