// RUN: pto-opt %s --verify-diagnostics

func.func @tlog_valid(%src: !pto.tile_buf<vec, 16x32xf32, valid=8x32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the valid part of %src is 8x32, of %dst 16x32 [TW0110]}}
  pto.tlog ins(%src : !pto.tile_buf<vec, 16x32xf32, valid=8x32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
