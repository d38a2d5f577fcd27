// RUN: pto-opt %s --verify-diagnostics

func.func @tneg_types(%src: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{%src has elements of i16, %dst of f16 [TW0110]}}
  pto.tneg ins(%src : !pto.tile_buf<vec, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}
