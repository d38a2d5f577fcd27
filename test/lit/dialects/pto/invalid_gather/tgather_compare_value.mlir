// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_compare_value(
    %src: !pto.tile_buf<vec, 16x32xf16>, %k: f32, %tmp: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>, %cdst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%k is f32, %src has elements of f16 [TW0126]}}
  pto.tgather ins(%src, %k, %tmp : !pto.tile_buf<vec, 16x32xf16>, f32, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst, %cdst : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
  func.return
}
