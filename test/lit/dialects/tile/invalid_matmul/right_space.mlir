// RUN: pto-opt %s --verify-diagnostics

func.func @right_space(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8, left>) {
  // expected-error@+1 {{%b sits in left, but this matmul operand sits in mat or right [TW0113]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8, left> -> !tile.tile<16x16xi32>
  func.return
}
