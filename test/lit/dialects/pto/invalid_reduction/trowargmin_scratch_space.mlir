// RUN: pto-opt %s --verify-diagnostics

func.func @trowargmin_scratch_space(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<mat, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x1xi32, blayout=col_major>) {
  // expected-error@+1 {{%tmp sits in mat, the operand must be in vec [TW0113]}}
  pto.trowargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<mat, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xi32, blayout=col_major>)
  func.return
}
