// RUN: pto-opt %s --verify-diagnostics

func.func @without_ffts() {
  // expected-error@+1 {{pto.sync.wait needs pto.set_ffts in the same function [TW0147]}}
  pto.sync.wait <PIPE_FIX>, 3
  func.return
}
