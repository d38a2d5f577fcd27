// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @fractal() {
  // expected-error@+1 {{the fractal is 16, 32, 512 or 1024 bytes, got 256 [TW0115]}}
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x32xf32, fractal=256>
  func.return
}
