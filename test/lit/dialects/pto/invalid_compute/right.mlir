// RUN: pto-opt %s --verify-diagnostics

func.func @right(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<left, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{%r sits in left, the operand must be in right [TW0113]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<left, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}
