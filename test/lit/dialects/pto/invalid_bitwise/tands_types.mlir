// RUN: pto-opt %s --verify-diagnostics

func.func @tands_types(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{%src has elements of i16, %dst of i8 [TW0110]}}
  pto.tands ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
