// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_scratch(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indices: !pto.tile_buf<vec, 16x32xi32>,
    %tmp: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%indices has elements of i32, %tmp of i16 [TW0110]}}
  pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>,
      !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
