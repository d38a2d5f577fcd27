// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @bias_blocks(%m: !pto.tile_buf<mat, 1x8xf32>, %b: !pto.tile_buf<bias, 1x8xf32>) {
  // expected-error@+1 {{a row in bias is made of blocks of 64 bytes, got 32 [TW0149]}}
  pto.tmov ins(%m : !pto.tile_buf<mat, 1x8xf32>) outs(%b : !pto.tile_buf<bias, 1x8xf32>)
  func.return
}
