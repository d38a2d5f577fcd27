// RUN: pto-opt %s --verify-diagnostics

func.func @mode() {
  // expected-error@+1 {{a mode is not negative, got -1 [TW0147]}}
  pto.rls_buf[#pto.pipe_event_type<TVEC>, 3] {mode = -1 : i32}
  func.return
}
