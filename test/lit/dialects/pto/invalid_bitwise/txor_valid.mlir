// RUN: pto-opt %s --verify-diagnostics

func.func @txor_valid(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi16>,
    %tmp: !pto.tile_buf<vec, 16x32xi16, valid=8x32>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{the valid part of %dst is 16x32, of %tmp 8x32 [TW0110]}}
  pto.txor ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec,
      16x32xi16, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
