// RUN: pto-opt %s --verify-diagnostics

func.func @mode(%m: memref<256xi64>) {
  pto.set_ffts %m : memref<256xi64>
  // expected-error@+1 {{ffts_mode is 0, 1 or 2, got 3 [TW0147]}}
  pto.sync.set <PIPE_FIX>, 3 {ffts_mode = 3 : i32}
  func.return
}
