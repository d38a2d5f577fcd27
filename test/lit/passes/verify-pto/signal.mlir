// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @signal(%m: memref<256xi64>) {
  pto.set_ffts %m : memref<256xi64>
  // expected-error@+1 {{signals have numbers from 0 to 15, got 99 [TW0147]}}
  pto.sync.wait <PIPE_V>, 99
  func.return
}
