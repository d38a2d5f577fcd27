// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpandmax_columns(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 1x16xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the valid part of %src1 is 1x16, of %dst 16x32 [TW0110]}}
  pto.tcolexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x16xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
