// RUN: pto-opt %s --verify-diagnostics

func.func @move_shape(%a: !pto.tile_buf<mat, 16x32xi8>, %b: !pto.tile_buf<left, 16x64xi8>) {
  // expected-error@+1 {{a move keeps the shape, got !pto.tile_buf<loc=mat,}}
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x32xi8>) outs(%b : !pto.tile_buf<left, 16x64xi8>)
  func.return
}
