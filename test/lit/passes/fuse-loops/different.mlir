// RUN: pto-opt %s -p fuse-loops | filecheck %s

// Other bounds, and another left operand: two loops each.
// CHECK-LABEL: func.func @different(
// CHECK-COUNT-3: tile.pipeline
func.func @different(%act: !tile.tensor<16x64xi8>, %other: !tile.tensor<16x64xi8>, %w: !tile.tensor<64x32xi8>, %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %x = tile.pipeline stages(2) %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %g1 : !tile.tile<16x32xi32>
  }
  %y = tile.pipeline stages(2) %k = %c32 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %g1 : !tile.tile<16x32xi32>
  }
  %z = tile.pipeline stages(2) %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %other[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %g1 : !tile.tile<16x32xi32>
  }
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %y, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %z, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
