// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @set_dynamic(%i: index) {
  // expected-error@+1 {{a flag orders two pipes; within PIPE_MTE2 a barrier does [TW0122]}}
  pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE2>, %i]
  func.return
}
