// RUN: pto-opt %s --verify-diagnostics

func.func @tpack(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{pto.tpack exists only on A5; this program is for a2a3 [TW0123]}}
  pto.tpack ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}
