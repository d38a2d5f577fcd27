// RUN: pto-opt %s --verify-diagnostics

func.func @tprelu_in_place(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %tmp: !pto.tile_buf<vec, 16x32xui8>) {
  // expected-error@+1 {{pto.tprelu cannot work in place: %src0 is given twice [TW0125]}}
  pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      16x32xui8>)
      outs(%src0 : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
