// RUN: pto-opt %s --verify-diagnostics

func.func @tshr_valid(
    %src0: !pto.tile_buf<vec, 16x32xi32>, %src1: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32, valid=8x32>) {
  // expected-error@+1 {{the valid part of %dst is 8x32, of %src0 16x32 [TW0110]}}
  pto.tshr ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32, valid=8x32>)
  func.return
}
