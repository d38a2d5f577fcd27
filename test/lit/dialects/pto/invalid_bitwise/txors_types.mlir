// RUN: pto-opt %s --verify-diagnostics

func.func @txors_types(
    %src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %tmp: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{%src has elements of i16, %dst of i8 [TW0110]}}
  pto.txors ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xi16>, i16, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
