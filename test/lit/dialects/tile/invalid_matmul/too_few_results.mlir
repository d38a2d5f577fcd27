// RUN: pto-opt %s --verify-diagnostics

func.func @too_few_results(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{2 right operands make 2 results, got 1 [TW0111]}}
  %c = tile.matmul %a, %b, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8>, !tile.tile<32x16xi8>
    -> !tile.tile<16x16xi32>
  func.return
}
