// RUN: pto-opt %s -p verify-pto --verify-diagnostics

// expected-error@+1 {{a flag orders two pipes; within PIPE_M a barrier does [TW0122]}}
pto.wait_flag[<PIPE_M>, <PIPE_M>, <EVENT_ID0>]
