// RUN: pto-opt %s --verify-diagnostics

func.func @tcvt_valid(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xi32, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 8x32 [TW0110]}}
  pto.tcvt ins(%src {rmode = #pto<round_mode RINT>} : !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32, valid=8x32>)
  func.return
}
