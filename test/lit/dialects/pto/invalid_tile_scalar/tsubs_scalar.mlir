// RUN: pto-opt %s --verify-diagnostics

func.func @tsubs_scalar(%src: !pto.tile_buf<vec, 16x32xf16>, %scalar: index, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{the scalar must be a float or an integer without a sign [TW0126]}}
  pto.tsubs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, index) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}
