// RUN: pto-opt %s -p lower-matmul | filecheck %s

// Each right operand has the accumulator that its matmul names, whatever the order in which a loop carries them.
// CHECK-LABEL: func.func @crossed(
// CHECK:         %[[Y:.*]] = tile.empty : !tile.tile<16x64xi32, acc>
// CHECK:         %[[X:.*]] = tile.empty : !tile.tile<16x64xi32, acc>
// CHECK:         tile.pipeline stages(2)
// CHECK:         tile.store
// CHECK:         tile.store
func.func @crossed(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %out: !tile.tensor<16x64xi32>, %v: !tile.tensor<256x64xi8>, %out1: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %zero1 = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r, %s = scf.for %k = %c0 to %c256 step %c64 iter_args(%x = %zero, %y = %zero1) -> (!tile.tile<16x64xi32>, !tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %c = tile.load %v[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %y1, %x1 = tile.matmul acc(%y, %x) %a, %b, %c {plan = {k_chunk = 128 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 4 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 4 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
    scf.yield %x1, %y1 : !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  tile.store %s, %out1[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
