// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_index_columns(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indices: !pto.tile_buf<vec, 16x32xi32, valid=16x16>,
    %tmp: !pto.tile_buf<vec, 16x32xi32, valid=16x16>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%indices has 32 columns, of which 16 are valid; pto.tgather needs all [TW0110]}}
  pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32, valid=16x16>,
      !pto.tile_buf<vec, 16x32xi32, valid=16x16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
