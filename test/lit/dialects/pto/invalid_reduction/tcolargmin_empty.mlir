// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmin_empty(
    %src: !pto.tile_buf<vec, 16x32xf32, valid=0x32>, %tmp: !pto.tile_buf<vec, 16x32xf32, valid=0x32>,
    %dst: !pto.tile_buf<vec, 1x32xi32>) {
  // expected-error@+1 {{the valid part of %src is empty [TW0110]}}
  pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32, valid=0x32>, !pto.tile_buf<vec, 16x32xf32, valid=0x32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  func.return
}
