// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_compare_elements(
    %src: !pto.tile_buf<vec, 16x32xi32>, %k: i32, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>, %cdst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.tgather does not take i32 in %src; it takes f16, f32 [TW0108]}}
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xi32>, i32, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
  func.return
}
