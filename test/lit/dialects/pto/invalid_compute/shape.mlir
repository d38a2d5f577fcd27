// RUN: pto-opt %s --verify-diagnostics

func.func @shape(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x32xi32>) {
  // expected-error@+1 {{16x32 times 32x16 does not make 16x32 [TW0110]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x32xi32>)
  func.return
}
