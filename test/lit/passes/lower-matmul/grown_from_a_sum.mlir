// RUN: pto-opt %s -p lower-matmul | filecheck %s

// A sum that has begun is carried on: no turn overwrites it.
// CHECK-LABEL: func.func @grown_from_a_sum(
// CHECK:         %[[S:.*]] = tile.pipeline
// CHECK:         tile.pipeline stages(2) %{{.*}} iter_args(%[[X:.*]] = %[[S]])
// CHECK:         tile.matmul acc(%{{.*}}) %
func.func @grown_from_a_sum(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %a0 = tile.load %act[%c0, %c0] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
  %b0 = tile.load %w[%c0, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
  %s = tile.matmul %a0, %b0 {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}} : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
  %r = scf.for %k = %c64 to %c256 step %c64 iter_args(%x = %s) -> (!tile.tile<16x64xi32>) {
    %row = arith.subi %c256, %k : index
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 64 : i64, left_slots = 2 : i64, right_slots = 2 : i64}} : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
