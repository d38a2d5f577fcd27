// RUN: pto-opt %s --verify-diagnostics

func.func @tconcat_elements(
    %src0: !pto.tile_buf<vec, 16x32xi64>, %src1: !pto.tile_buf<vec, 16x32xi64>,
    %dst: !pto.tile_buf<vec, 16x64xi64>) {
  // expected-error@+1 {{pto.tconcat does not take i64 in %src0; it takes }}
  pto.tconcat ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xi64>, !pto.tile_buf<vec, 16x32xi64>)
      outs(%dst : !pto.tile_buf<vec, 16x64xi64>)
  func.return
}
