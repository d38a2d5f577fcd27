// RUN: pto-opt %s --verify-diagnostics

func.func @fractal() {
  // expected-error@+1 {{s_fractal_size is 16, 32, 512 or 1024, got 64 [TW0115]}}
  func.call @g() {a = #pto.tile_buf_config<s_fractal_size=64>} : () -> ()
  func.return
}
func.func private @g()
