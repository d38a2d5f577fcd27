// RUN: pto-opt %s --verify-diagnostics

func.func @number() {
  // expected-error@+1 {{blayout is a number from 0 to 1, got 2}}
  func.call @g() {a = #pto.tile_buf_config<blayout=2>} : () -> ()
  func.return
}
func.func private @g()
