// RUN: pto-opt %s --verify-diagnostics

func.func @tor_layout(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi16, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%src1 is col_major, pto.tor takes row_major here [TW0124]}}
  pto.tor ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
