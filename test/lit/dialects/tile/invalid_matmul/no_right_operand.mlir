// RUN: pto-opt %s --verify-diagnostics

func.func @no_right_operand(%a: !tile.tile<16x32xi8>) {
  // expected-error@+1 {{a matmul has at least one right operand [TW0111]}}
  %c = tile.matmul %a : !tile.tile<16x32xi8> -> !tile.tile<16x16xi32>
  func.return
}
