// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmin_columns(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x16xi32>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 1x16 [TW0110]}}
  pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 1x16xi32>)
  func.return
}
