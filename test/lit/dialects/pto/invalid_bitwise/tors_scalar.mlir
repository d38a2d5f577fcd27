// RUN: pto-opt %s --verify-diagnostics

func.func @tors_scalar(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: f16, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{the scalar must be an integer without a sign [TW0126]}}
  pto.tors ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, f16) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
