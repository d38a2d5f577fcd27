// RUN: pto-opt %s --verify-diagnostics

func.func @matmul_accumulators(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %c: !tile.tile<16x16xi32>) {
  // expected-error@+1 {{1 results take as many accumulators, got 2}}
  %d = tile.matmul acc(%c, %c) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}
