// RUN: pto-opt %s --verify-diagnostics

func.func @tshls_types(%src: !pto.tile_buf<vec, 16x32xi64>, %scalar: i32, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%src has elements of i64, %dst of i32 [TW0110]}}
  pto.tshls ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi64>, i32) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
