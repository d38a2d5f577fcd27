// RUN: pto-opt %s -p lower-matmul --verify-diagnostics

func.func @half_a_plan(%act: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  // expected-error@+1 {{the plan of this matmul has no integer 'a_resident' [TW0207]}}
  %x = tile.matmul %a, %b {plan = {k_chunk = 32 : i64, a_resident = "yes"}}
    : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
