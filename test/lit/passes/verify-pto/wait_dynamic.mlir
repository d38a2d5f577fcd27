// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @wait_dynamic(%i: index) {
  // expected-error@+1 {{a flag orders two pipes; within PIPE_MTE1 a barrier does [TW0122]}}
  pto.wait_flag_dyn[<PIPE_MTE1>, <PIPE_MTE1>, %i]
  func.return
}
