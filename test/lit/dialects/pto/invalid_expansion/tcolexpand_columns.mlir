// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpand_columns(%src: !pto.tile_buf<vec, 1x16xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the valid part of %src is 1x16, of %dst 16x32 [TW0110]}}
  pto.tcolexpand ins(%src : !pto.tile_buf<vec, 1x16xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
