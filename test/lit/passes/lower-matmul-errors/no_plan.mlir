// RUN: pto-opt %s -p lower-matmul --verify-diagnostics

func.func @no_plan(%act: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  // expected-error@+2 {{this matmul has no plan [TW0207]}}
  // expected-note@+1 {{run plan-matmul before lower-matmul}}
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
