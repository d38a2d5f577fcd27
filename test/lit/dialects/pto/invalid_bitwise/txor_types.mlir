// RUN: pto-opt %s --verify-diagnostics

func.func @txor_types(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi16>, %tmp: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{%src0 has elements of i16, %dst of i8 [TW0110]}}
  pto.txor ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec,
      16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
