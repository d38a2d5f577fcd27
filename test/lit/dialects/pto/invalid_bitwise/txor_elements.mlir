// RUN: pto-opt %s --verify-diagnostics

func.func @txor_elements(
    %src0: !pto.tile_buf<vec, 16x32xi32>, %src1: !pto.tile_buf<vec, 16x32xi32>, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.txor does not take i32 in %src0; it takes }}
  pto.txor ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec,
      16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
