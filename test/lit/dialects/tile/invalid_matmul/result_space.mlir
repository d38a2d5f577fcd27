// RUN: pto-opt %s --verify-diagnostics

func.func @result_space(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{%c sits in vec, but this matmul operand sits in acc [TW0113]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32, vec>
  func.return
}
