// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_rows(%src: !pto.tile_buf<vec, 2x1024xf32>, %length: i32, %dst: !pto.tile_buf<vec, 2x1024xf32>) {
  // expected-error@+1 {{%src is 2x1024, %dst is 2x1024; pto.tmrgsort takes two equal rows [TW0110]}}
  pto.tmrgsort ins(%src, %length : !pto.tile_buf<vec, 2x1024xf32>, i32) outs(%dst : !pto.tile_buf<vec, 2x1024xf32>)
  func.return
}
