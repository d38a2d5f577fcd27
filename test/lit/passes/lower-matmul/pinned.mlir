// RUN: pto-opt %s -p lower-matmul | filecheck %s

// Loads in mat stay as they are, and so does the loop; rows and columns of the cube unit are whole fractals.
// CHECK-LABEL: func.func @pinned(
// CHECK:         %[[X0:.*]] = tile.empty : !tile.tile<16x64xi32, acc, valid = 5x40>
// CHECK:         tile.pipeline stages(3) %[[K:.*]] = %[[LO:.*]] to %{{.*}} step %{{.*}} iter_args(%[[X:.*]] = %[[X0]])
// CHECK-NEXT:      %[[A:.*]] = tile.load %{{.*}} {note} : {{.*}} -> !tile.tile<16x64xi8, mat, valid = 5x64>
// CHECK-NEXT:      %[[B:.*]] = tile.load %{{.*}} : {{.*}} -> !tile.tile<64x64xi8, mat, valid = 64x40>
// CHECK-NEXT:      %[[FIRST:.*]] = arith.cmpi eq, %[[K]], %[[LO]]
// CHECK:           tile.pipeline stages(1) %[[J:.*]] =
// CHECK:             tile.extract %[[A]]
// CHECK:             tile.extract %[[B]]
func.func @pinned(%act: !tile.tensor<5x256xi8>, %w: !tile.tensor<256x40xi8>, %c0: index, %n: index) {
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<5x40xi32>
  %r = tile.pipeline stages(3) %k = %c0 to %n step %c64 iter_args(%x = %zero) -> (!tile.tile<5x40xi32>) {
    %a = tile.load %act[%c0, %k] {note} : !tile.tensor<5x256xi8> -> !tile.tile<5x64xi8, mat>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x40xi8> -> !tile.tile<64x40xi8, mat>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<5x64xi8, mat>, !tile.tile<64x40xi8, mat> -> !tile.tile<5x40xi32>
    tile.yield %x1 : !tile.tile<5x40xi32>
  }
  func.return
}
