// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_columns(%src: !pto.tile_buf<vec, 1x1024xf32>, %length: i32, %dst: !pto.tile_buf<vec, 1x512xf32>) {
  // expected-error@+1 {{%src is 1x1024, %dst is 1x512; pto.tmrgsort takes two equal rows [TW0110]}}
  pto.tmrgsort ins(%src, %length : !pto.tile_buf<vec, 1x1024xf32>, i32) outs(%dst : !pto.tile_buf<vec, 1x512xf32>)
  func.return
}
