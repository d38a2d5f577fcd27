// RUN: pto-opt %s --verify-diagnostics

func.func @acc(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<vec, 16x16xi32>) {
  // expected-error@+1 {{%a sits in vec, the operand must be in acc [TW0113]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<vec, 16x16xi32>)
  func.return
}
