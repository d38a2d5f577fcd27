// RUN: pto-opt %s --verify-diagnostics

func.func @matmul_with_too_few_types(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{expected 1 operand types but had 2}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8> -> !tile.tile<16x16xi32>
  func.return
}
