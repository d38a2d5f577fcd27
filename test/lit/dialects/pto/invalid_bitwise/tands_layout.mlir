// RUN: pto-opt %s --verify-diagnostics

func.func @tands_layout(
    %src: !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%src is col_major, pto.tands takes row_major here [TW0124]}}
  pto.tands ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, i16)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
