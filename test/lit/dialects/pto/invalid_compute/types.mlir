// RUN: pto-opt %s --verify-diagnostics

func.func @types(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xf32>) {
  // expected-error@+1 {{the cube unit does not multiply i8 with i8 into f32 [TW0108]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xf32>)
  func.return
}
