// RUN: pto-opt %s --verify-diagnostics

func.func @tors_layout(
    %src: !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%src is col_major, pto.tors takes row_major here [TW0124]}}
  pto.tors ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, i16)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
