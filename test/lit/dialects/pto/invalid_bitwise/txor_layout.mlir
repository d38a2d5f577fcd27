// RUN: pto-opt %s --verify-diagnostics

func.func @txor_layout(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi16>,
    %tmp: !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%tmp is col_major, pto.txor takes row_major here [TW0124]}}
  pto.txor ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec,
      16x32xi16, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
