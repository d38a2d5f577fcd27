// RUN: pto-opt %s --verify-diagnostics

func.func @tscatter_indexes(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indexes: !pto.tile_buf<vec, 16x32xi8>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tscatter does not take i8 in %indexes; it takes }}
  pto.tscatter ins(%src, %indexes : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
