// RUN: pto-opt %s --verify-diagnostics

func.func @tprelu_elements(
    %src0: !pto.tile_buf<vec, 16x32xi32>, %src1: !pto.tile_buf<vec, 16x32xi32>, %tmp: !pto.tile_buf<vec, 16x32xui8>,
    %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.tprelu does not take i32 in %src0; it takes }}
  pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec,
      16x32xui8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
