// RUN: pto-opt %s --verify-diagnostics

func.func @tfillpad_pad(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the type of %dst says pad=0, so nothing would be filled [TW0131]}}
  pto.tfillpad ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
