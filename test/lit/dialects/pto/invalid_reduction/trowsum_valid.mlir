// RUN: pto-opt %s --verify-diagnostics

func.func @trowsum_valid(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x8xf32>) {
  // expected-error@+1 {{%dst has 8 valid columns; there is one result for each row [TW0110]}}
  pto.trowsum ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x8xf32>)
  func.return
}
