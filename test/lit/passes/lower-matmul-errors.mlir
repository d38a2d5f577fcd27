// RUN: pto-opt %s -p lower-matmul --split-input-file --verify-diagnostics

func.func @no_plan(%act: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  // expected-error@+2 {{this matmul has no plan [TW0207]}}
  // expected-note@+1 {{run plan-matmul before lower-matmul}}
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

func.func @half_a_plan(%act: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  // expected-error@+1 {{the plan of this matmul has no integer 'a_resident' [TW0207]}}
  %x = tile.matmul %a, %b {plan = {k_chunk = 32 : i64, a_resident = "yes"}}
    : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// A sum cannot start from what was loaded, nor from a constant other than zero.
func.func @loaded_start(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %t: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %one = tile.full 1 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %c256 step %c64 iter_args(%x = %one) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    // expected-error@+2 {{%one is accumulated into, but it is not an accumulator: it is !tile.tile<16x64xi32>, and !tile.tile<16x64xi32, acc> is needed [TW0206]}}
    // expected-note@+1 {{start from tile.full 0, or from the result of a matmul}}
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}
