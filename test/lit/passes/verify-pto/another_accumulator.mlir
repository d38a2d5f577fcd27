// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @another_accumulator(
    %l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>,
    %b: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{%a is added to %b, but the hardware accumulates in place: both must be the same buffer [TW0121]}}
  pto.tmatmul.acc ins(%a, %l, %r : !pto.tile_buf<acc, 16x16xi32>, !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%b : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}
