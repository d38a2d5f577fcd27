// RUN: pto-opt %s --verify-diagnostics

func.func @left_space(%a: !tile.tile<16x32xi8, vec>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{%a sits in vec, but this matmul operand sits in mat or left [TW0113]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8, vec>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}
