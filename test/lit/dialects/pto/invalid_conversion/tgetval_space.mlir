// RUN: pto-opt %s --verify-diagnostics

func.func @tgetval_space(%src: !pto.tile_buf<mat, 16x32xf32>, %offset: index) {
  // expected-error@+1 {{%src sits in mat, scalars are read from vec [TW0113]}}
  %dst = pto.tgetval ins(%src, %offset : !pto.tile_buf<mat, 16x32xf32>, index) outs : f32
  func.return
}
