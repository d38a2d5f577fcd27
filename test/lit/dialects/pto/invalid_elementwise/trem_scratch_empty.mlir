// RUN: pto-opt %s --verify-diagnostics

func.func @trem_scratch_empty(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %tmp: !pto.tile_buf<vec, 1x32xf32, valid=0x32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%tmp has 0x32 valid elements, pto.trem needs a row of 32 [TW0127]}}
  pto.trem ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      1x32xf32, valid=0x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
