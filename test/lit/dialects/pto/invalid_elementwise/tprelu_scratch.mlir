// RUN: pto-opt %s --verify-diagnostics

func.func @tprelu_scratch(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xi8>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tprelu does not take i8 in %tmp; it takes ui8 [TW0108]}}
  pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
