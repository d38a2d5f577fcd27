// RUN: pto-opt %s -p lower-matmul | filecheck %s

// A loop that does more is kept; its first turn is the user's own.
// CHECK-LABEL: func.func @first_of_a_kept_loop(
// CHECK:         %[[S:.*]] = tile.empty : !tile.tile<16x64xi32, acc>
// CHECK:         tile.pipeline stages(1) %{{.*}} iter_args(%{{.*}} = %[[S]])
// CHECK:         arith.cmpi
// CHECK:         tile.matmul acc(%{{.*}}) init(%
func.func @first_of_a_kept_loop(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %out: !tile.tensor<16x64xi32>, %side: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %zero = tile.empty : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %c256 step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %first = arith.cmpi sle, %k, %c0 : index
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) init(%first) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}} : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    tile.store %x1, %side[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
