// RUN: pto-opt %s --verify-diagnostics

func.func @tshrs_types(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%src has elements of i16, %dst of i32 [TW0110]}}
  pto.tshrs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
