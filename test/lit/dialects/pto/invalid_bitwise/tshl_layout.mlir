// RUN: pto-opt %s --verify-diagnostics

func.func @tshl_layout(
    %src0: !pto.tile_buf<vec, 16x32xi32>, %src1: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.tshl takes row_major here [TW0124]}}
  pto.tshl ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32, blayout=col_major>)
  func.return
}
