// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_scratch_valid(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indices: !pto.tile_buf<vec, 16x32xi32>,
    %tmp: !pto.tile_buf<vec, 16x32xi32, valid=8x32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the valid part of %indices is 16x32, of %tmp 8x32 [TW0110]}}
  pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>,
      !pto.tile_buf<vec, 16x32xi32, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
