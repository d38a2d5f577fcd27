// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandmin_block(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x8xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{neither %src0 nor %src1 has one value for each row of the other}}
  pto.trowexpandmin ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x8xf32>,
      !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
