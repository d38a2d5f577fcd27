// RUN: pto-opt %s --verify-diagnostics

func.func @no_number(%m: memref<256xi64>) {
  pto.set_ffts %m : memref<256xi64>
  // expected-error@+1 {{pto.sync.wait has a number, either a constant or a computed one [TW0147]}}
  "pto.sync.wait"() <{pipe = #pto.pipe<PIPE_V>}> : () -> ()
  func.return
}
