// RUN: pto-opt %s --verify-diagnostics

func.func @tshr_types(
    %src0: !pto.tile_buf<vec, 16x32xi32>, %src1: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%src0 has elements of i32, %src1 of i8 [TW0110]}}
  pto.tshr ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
