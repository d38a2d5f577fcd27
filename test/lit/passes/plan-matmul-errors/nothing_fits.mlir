// RUN: pto-opt %s -p plan-matmul --verify-diagnostics

// One fractal of K of a right operand is larger than Right.
func.func @nothing_fits(%act: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x4000xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x32xi8> -> !tile.tile<1x32xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x4000xi8> -> !tile.tile<32x2560xi8>
  // expected-error@+1 {{buffer usage}}
  %x = tile.matmul %a, %b : !tile.tile<1x32xi8>, !tile.tile<32x2560xi8> -> !tile.tile<1x2560xi32>
  func.return
}
