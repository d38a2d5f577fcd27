// RUN: pto-opt %s --verify-diagnostics

func.func @too_many_accumulators(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %x: !tile.tile<16x16xi32>) {
  // expected-error@+1 {{1 right operands need 1 accumulators, got 2 [TW0111]}}
  %c = "tile.matmul"(%x, %x, %a, %b) <{operandSegmentSizes = array<i32: 2, 0, 1, 1>}>
    : (!tile.tile<16x16xi32>, !tile.tile<16x16xi32>, !tile.tile<16x32xi8>, !tile.tile<32x16xi8>)
    -> !tile.tile<16x16xi32>
  func.return
}
