// RUN: pto-opt %s --verify-diagnostics

func.func @txors_elements(
    %src: !pto.tile_buf<vec, 16x32xi32>, %scalar: i16, %tmp: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.txors does not take i32 in %src; it takes }}
  pto.txors ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xi32>, i16, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}
