// RUN: pto-opt %s --verify-diagnostics

func.func @tcmp_valid(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32, valid=16x16>,
    %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{the valid part of %src0 is 16x32, of %src1 16x16 [TW0110]}}
  pto.tcmp ins(%src0, %src1 {cmpMode = #pto<cmp gt>} : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32,
      valid=16x16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
