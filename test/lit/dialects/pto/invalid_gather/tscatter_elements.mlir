// RUN: pto-opt %s --verify-diagnostics

func.func @tscatter_elements(
    %src: !pto.tile_buf<vec, 16x32xi64>, %indexes: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xi64>) {
  // expected-error@+1 {{pto.tscatter does not take i64 in %src; it takes }}
  pto.tscatter ins(%src, %indexes : !pto.tile_buf<vec, 16x32xi64>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi64>)
  func.return
}
