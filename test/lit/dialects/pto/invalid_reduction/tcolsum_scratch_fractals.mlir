// RUN: pto-opt %s --verify-diagnostics

func.func @tcolsum_scratch_fractals(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32, slayout=row_major>,
    %dst: !pto.tile_buf<vec, 1x32xf32>) {
  // expected-error@+1 {{%tmp is made of fractals, pto.tcolsum takes none_box here [TW0124]}}
  pto.tcolsum ins(%src, %tmp {isBinary = true} : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32,
      slayout=row_major>)
      outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  func.return
}
