// RUN: pto-opt %s --verify-diagnostics

func.func @tand_types(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%src0 has elements of i16, %src1 of i8 [TW0110]}}
  pto.tand ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
