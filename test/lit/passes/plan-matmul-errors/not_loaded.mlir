// RUN: pto-opt %s -p plan-matmul --verify-diagnostics

func.func @not_loaded(%a: !tile.tile<16x32xi8>, %w: !tile.tensor<32x32xi8>, %n: index) {
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  // expected-error@-2 {{%a is an operand of a matmul, but it is not loaded from global memory [TW0201]}}
  // expected-note@-3 {{load it with tile.load, or place it yourself}}
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
