// RUN: pto-opt %s -p fuse-loops | filecheck %s

// The second loop loads what is stored between the loops: it cannot move before the store.
// CHECK-LABEL: func.func @dependent_through_a_tensor(
// CHECK-COUNT-2: scf.for
func.func @dependent_through_a_tensor(%act: !tile.tensor<16x64xf32>, %w: !tile.tensor<64x64xf32>, %x: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0.0 : f32 : !tile.tile<16x64xf32>
  %p = scf.for %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x64xf32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xf32> -> !tile.tile<16x32xf32>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x64xf32> -> !tile.tile<32x64xf32>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xf32>, !tile.tile<32x64xf32> -> !tile.tile<16x64xf32>
    scf.yield %g1 : !tile.tile<16x64xf32>
  }
  tile.store %p, %w[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<64x64xf32>
  %q = scf.for %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x64xf32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xf32> -> !tile.tile<16x32xf32>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x64xf32> -> !tile.tile<32x64xf32>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xf32>, !tile.tile<32x64xf32> -> !tile.tile<16x64xf32>
    scf.yield %g1 : !tile.tile<16x64xf32>
  }
  tile.store %q, %x[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  func.return
}
