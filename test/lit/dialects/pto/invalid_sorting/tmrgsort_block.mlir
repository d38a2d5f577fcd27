// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_block(%src: !pto.tile_buf<vec, 1x1024xf32>, %dst: !pto.tile_buf<vec, 1x1024xf32>) {
  %length = arith.constant 32 : i32
  // expected-error@+1 {{pto.tmrgsort merges blocks of a positive multiple of 64, not of 32 [TW0129]}}
  pto.tmrgsort ins(%src, %length : !pto.tile_buf<vec, 1x1024xf32>, i32) outs(%dst : !pto.tile_buf<vec, 1x1024xf32>)
  func.return
}
