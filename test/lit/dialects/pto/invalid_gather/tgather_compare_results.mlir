// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_compare_results(
    %src: !pto.tile_buf<vec, 16x32xf16>, %k: f16, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>, %cdst: !pto.tile_buf<vec, 16x32xui32>) {
  // expected-error@+1 {{%dst has elements of i32, %cdst of ui32 [TW0110]}}
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xf16>, f16, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xui32>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
  func.return
}
