// RUN: pto-opt %s --verify-diagnostics

func.func @tmins_integer(%src: !pto.tile_buf<vec, 16x32xf16>, %scalar: i32, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{pto.tmins takes a float, not i32, in ptoas 0.27 [TW0126]}}
  pto.tmins ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, i32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}
