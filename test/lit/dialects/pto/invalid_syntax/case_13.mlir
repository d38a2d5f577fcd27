// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected `EVENT_ID0`,}}
pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID8>]
