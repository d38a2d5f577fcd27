// RUN: pto-opt %s --verify-diagnostics

func.func @tshrs_space(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %dst: !pto.tile_buf<mat, 16x32xi16>) {
  // expected-error@+1 {{%dst sits in mat, the operand must be in vec [TW0113]}}
  pto.tshrs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%dst : !pto.tile_buf<mat, 16x32xi16>)
  func.return
}
