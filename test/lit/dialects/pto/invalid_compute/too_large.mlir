// RUN: pto-opt %s --verify-diagnostics

func.func @too_large(%l: !pto.tile_buf<left, 1x32xi8>, %r: !pto.tile_buf<right, 32x4096xi8>, %a: !pto.tile_buf<acc, 1x4096xi32>) {
  // expected-error@+1 {{m, k and n are at most 4095, got 4096 [TW0119]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 1x32xi8>, !pto.tile_buf<right, 32x4096xi8>)
    outs(%a : !pto.tile_buf<acc, 1x4096xi32>)
  func.return
}
