// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @scaling_too_large() {
  // expected-error@+1 {{the buffer has 4096 bytes, but scaling has 2048 [TW0117]}}
  %t = pto.alloc_tile : !pto.tile_buf<scaling, 1x512xui64>
  func.return
}
