// RUN: pto-opt %s -p lower-matmul | filecheck %s

// A loop that begins at zero counts the columns of a resident operand itself; a chunk is one step of the cube unit.
// CHECK-LABEL: func.func @resident_from_zero(
// CHECK:         %[[A:.*]] = tile.load %act[%{{.*}}] : {{.*}} -> !tile.tile<16x256xi8, mat>
// CHECK:         tile.pipeline stages(3) %[[K:[a-z]*]] =
// CHECK:         tile.extract %[[A]][%{{.*}}, %[[K]]] {slots = 1 : i64}
// CHECK:         tile.move %{{.*}} {ring = "right", slots = 2 : i64}
func.func @resident_from_zero(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %c256 step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = true, a_slots = 1 : i64, b_slots = 3 : i64, l0_k = 64 : i64, left_slots = 1 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
