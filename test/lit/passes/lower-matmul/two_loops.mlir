// RUN: pto-opt %s -p lower-matmul | filecheck %s

// Two loops that grow one accumulator after the other.
// CHECK-LABEL: func.func @two_loops(
// CHECK:         tile.empty
// CHECK:         tile.pipeline stages(2)
// CHECK:         tile.pipeline stages(1)
// CHECK:         tile.store
func.func @two_loops(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %out: !tile.tensor<16x64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = tile.pipeline stages(2) %k = %c0 to %c128 step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}} : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    tile.yield %x1 : !tile.tile<16x64xi32>
  }
  %t = scf.for %k = %c0 to %n step %c1 iter_args(%x = %r) -> (!tile.tile<16x64xi32>) {
    %at = arith.muli %k, %c32 : index
    %a = tile.load %act[%c0, %at] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%at, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 1 : i64, b_slots = 1 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}} : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  tile.store %t, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
