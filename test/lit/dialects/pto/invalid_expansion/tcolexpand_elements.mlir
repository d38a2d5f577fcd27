// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpand_elements(%src: !pto.tile_buf<vec, 1x32xi64>, %dst: !pto.tile_buf<vec, 16x32xi64>) {
  // expected-error@+1 {{pto.tcolexpand does not take i64 in %src; it takes }}
  pto.tcolexpand ins(%src : !pto.tile_buf<vec, 1x32xi64>) outs(%dst : !pto.tile_buf<vec, 16x32xi64>)
  func.return
}
