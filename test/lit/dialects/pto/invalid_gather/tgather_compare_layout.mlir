// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_compare_layout(
    %src: !pto.tile_buf<vec, 16x32xf16, blayout=col_major>, %k: f16, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>, %cdst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%src is col_major, pto.tgather takes row_major here [TW0124]}}
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xf16, blayout=col_major>, f16, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
  func.return
}
