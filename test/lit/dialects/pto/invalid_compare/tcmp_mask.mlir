// RUN: pto-opt %s --verify-diagnostics

func.func @tcmp_mask(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{pto.tcmp does not take i16 in %dst; it takes }}
  pto.tcmp ins(%src0, %src1 {cmpMode = #pto<cmp gt>} : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
