// RUN: pto-opt %s --verify-diagnostics

func.func @ttrans_elements(
    %src: !pto.tile_buf<vec, 16x32xi64>, %tmp: !pto.tile_buf<vec, 16x32xi64>, %dst: !pto.tile_buf<vec, 32x16xi64>) {
  // expected-error@+1 {{pto.ttrans does not take i64 in %src; it takes }}
  pto.ttrans ins(%src, %tmp : !pto.tile_buf<vec, 16x32xi64>, !pto.tile_buf<vec, 16x32xi64>)
      outs(%dst : !pto.tile_buf<vec, 32x16xi64>)
  func.return
}
