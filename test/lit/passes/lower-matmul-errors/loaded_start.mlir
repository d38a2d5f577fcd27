// RUN: pto-opt %s -p lower-matmul --verify-diagnostics

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
