// RUN: pto-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{a flag orders two pipes; within PIPE_V a barrier does [TW0122]}}
pto.set_flag[<PIPE_V>, <PIPE_V>, <EVENT_ID0>]

// -----

// expected-error@+1 {{a flag orders two pipes; within PIPE_M a barrier does [TW0122]}}
pto.wait_flag[<PIPE_M>, <PIPE_M>, <EVENT_ID0>]

// -----

func.func @set_dynamic(%i: index) {
  // expected-error@+1 {{a flag orders two pipes; within PIPE_MTE2 a barrier does [TW0122]}}
  pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE2>, %i]
  func.return
}

// -----

func.func @wait_dynamic(%i: index) {
  // expected-error@+1 {{a flag orders two pipes; within PIPE_MTE1 a barrier does [TW0122]}}
  pto.wait_flag_dyn[<PIPE_MTE1>, <PIPE_MTE1>, %i]
  func.return
}

// -----

// expected-error@+1 {{[TW0100]}}
"pto.barrier"() <{pipe = #pto.event<EVENT_ID0>}> : () -> ()
