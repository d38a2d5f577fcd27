// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_compare_result(
    %src: !pto.tile_buf<vec, 16x32xf16>, %k: f16, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>, %cdst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tgather does not take f32 in %dst; it takes }}
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xf16>, f16, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
  func.return
}
