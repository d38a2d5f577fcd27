// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_mask_columns(
    %src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32, valid=16x16>) {
  // expected-error@+1 {{%dst has 32 columns, of which 16 are valid; pto.tgather needs all [TW0110]}}
  pto.tgather ins(%src, {maskPattern = #pto.mask_pattern<P0101>} : !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=16x16>)
  func.return
}
