// RUN: pto-opt %s --verify-diagnostics

func.func @tshl_elements(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tshl does not take f32 in %src0; it takes }}
  pto.tshl ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
