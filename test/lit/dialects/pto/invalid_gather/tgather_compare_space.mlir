// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_compare_space(
    %src: !pto.tile_buf<vec, 16x32xf16>, %k: f16, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>, %cdst: !pto.tile_buf<mat, 16x32xi32>) {
  // expected-error@+1 {{%cdst sits in mat, the operand must be in vec [TW0113]}}
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xf16>, f16, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<mat, 16x32xi32>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
  func.return
}
