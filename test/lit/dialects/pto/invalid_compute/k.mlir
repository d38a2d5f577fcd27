// RUN: pto-opt %s --verify-diagnostics

func.func @k(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 64x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{16x32 times 64x16 does not make 16x16 [TW0110]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 64x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}
