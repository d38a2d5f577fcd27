// RUN: pto-opt %s -p lower-matmul | filecheck %s

// A loop with an unknown end stays; its loads take turns, so it becomes a pipeline.
// CHECK-LABEL: func.func @kept(
// CHECK-SAME:      %[[N:[a-z0-9]*]]: index)
// CHECK:         tile.pipeline stages(1) %{{.*}} = %{{.*}} to %[[N]] step
// CHECK:           tile.load {{.*}} {slots = 2 : i64} : {{.*}} -> !tile.tile<16x64xi8, mat>
// CHECK:           tile.load {{.*}} {ring = "weights", slots = 2 : i64} : {{.*}} -> !tile.tile<64x64xi8, mat>
func.func @kept(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %n step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}
