// RUN: pto-opt %s --verify-diagnostics

func.func @left(%l: !pto.tile_buf<mat, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{%l sits in mat, the operand must be in left [TW0113]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<mat, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}
