// RUN: pto-opt %s --verify-diagnostics

func.func @tcmps_rows(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xi8, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 8x32 [TW0110]}}
  pto.tcmps ins(%src, %scalar {cmpMode = #pto<cmp le>} : !pto.tile_buf<vec, 16x32xf32>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8, valid=8x32>)
  func.return
}
