// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_mask_bytes(%src: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{%src has elements of 1 bytes, %dst of 1; a mask gathers elements of 2 or 4 bytes [TW0110]}}
  pto.tgather ins(%src, {maskPattern = #pto.mask_pattern<P0101>} : !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
