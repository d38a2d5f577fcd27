// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandexpdif_scratch(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %tmp: !pto.tile_buf<vec, 16x32xf16>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%dst has elements of f32, %tmp of f16 [TW0110]}}
  pto.trowexpandexpdif ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
