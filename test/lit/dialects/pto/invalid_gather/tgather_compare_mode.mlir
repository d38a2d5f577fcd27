// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_compare_mode(
    %src: !pto.tile_buf<vec, 16x32xf16>, %k: f16, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>, %cdst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.tgather compares with eq or gt, not lt [TW0128]}}
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xf16>, f16, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>) {cmpMode = #pto<cmp lt>}
  func.return
}
