// RUN: pto-opt %s --verify-diagnostics

func.func @tnot_valid(%src: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi16, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 8x32 [TW0110]}}
  pto.tnot ins(%src : !pto.tile_buf<vec, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xi16, valid=8x32>)
  func.return
}
