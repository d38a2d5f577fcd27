// RUN: pto-opt %s --verify-diagnostics

func.func @txors_scalar(
    %src: !pto.tile_buf<vec, 16x32xi16>, %scalar: f16, %tmp: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{the scalar must be an integer without a sign [TW0126]}}
  pto.txors ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xi16>, f16, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
