// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpand_elements(
    %src: !pto.tile_buf<vec, 16x1xi64, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xi64>) {
  // expected-error@+1 {{pto.trowexpand does not take i64 in %src; it takes }}
  pto.trowexpand ins(%src : !pto.tile_buf<vec, 16x1xi64, blayout=col_major>) outs(%dst : !pto.tile_buf<vec, 16x32xi64>)
  func.return
}
