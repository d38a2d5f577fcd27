// RUN: pto-opt %s -p verify-pto --verify-diagnostics

// expected-error@+1 {{a flag orders two pipes; within PIPE_V a barrier does [TW0122]}}
pto.set_flag[<PIPE_V>, <PIPE_V>, <EVENT_ID0>]
