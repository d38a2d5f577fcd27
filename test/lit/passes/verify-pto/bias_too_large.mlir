// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @bias_too_large() {
  // expected-error@+1 {{the buffer has 2048 bytes, but bias has 1024 [TW0117]}}
  %t = pto.alloc_tile : !pto.tile_buf<bias, 1x512xf32>
  func.return
}
