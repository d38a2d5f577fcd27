// RUN: pto-opt %s --verify-diagnostics

func.func @tcmp_space(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<mat, 16x32xi8>) {
  // expected-error@+1 {{%dst sits in mat, the operand must be in vec [TW0113]}}
  pto.tcmp ins(%src0, %src1 {cmpMode = #pto<cmp gt>} : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<mat, 16x32xi8>)
  func.return
}
