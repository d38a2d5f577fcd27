// RUN: pto-opt %s --verify-diagnostics

// expected-error@+1 {{Expected `PIPE_S`,}}
pto.barrier <PIPE_X>
