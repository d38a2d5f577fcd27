// RUN: pto-opt %s -p plan-matmul | filecheck %s

// Stages of a pipeline fix the depth of the rings, not the chunk.
// CHECK-LABEL: func.func @stages(
// CHECK:         tile.matmul {{.*}} a_resident = false, a_slots = 3 : i64, b_slots = 3 : i64
func.func @stages(%act: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x64xi8>) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %c512 = arith.constant 512 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = tile.pipeline stages(3) %k = %c0 to %c512 step %c128 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    tile.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}
