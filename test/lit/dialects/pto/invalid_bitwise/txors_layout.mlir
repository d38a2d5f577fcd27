// RUN: pto-opt %s --verify-diagnostics

func.func @txors_layout(
    %src: !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, %scalar: i16, %tmp: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%src is col_major, pto.txors takes row_major here [TW0124]}}
  pto.txors ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, i16, !pto.tile_buf<vec,
      16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
