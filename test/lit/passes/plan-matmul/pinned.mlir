// RUN: pto-opt %s -p plan-matmul | filecheck %s

// Loads in mat fix chunk and slots; only Left, Right and the step of the cube unit are planned.
// CHECK-LABEL: func.func @pinned(
// CHECK:         tile.matmul {{.*}}plan = {k_chunk = 512 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64
// CHECK-SAME:      l0_k = {{32|64|128}} : i64
func.func @pinned(%act: !tile.tensor<16x1024xi8>, %w: !tile.tensor<1024x256xi8>) {
  %c0 = arith.constant 0 : index
  %c512 = arith.constant 512 : index
  %c1024 = arith.constant 1024 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x256xi32>
  %r = tile.pipeline stages(2) %k = %c0 to %c1024 step %c512 iter_args(%x = %zero) -> (!tile.tile<16x256xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x1024xi8> -> !tile.tile<16x512xi8, mat>
    %b = tile.load %w[%k, %c0] : !tile.tensor<1024x256xi8> -> !tile.tile<512x256xi8, mat>
    %x1 = tile.matmul acc(%x) %a, %b
      : !tile.tile<16x512xi8, mat>, !tile.tile<512x256xi8, mat> -> !tile.tile<16x256xi32>
    tile.yield %x1 : !tile.tile<16x256xi32>
  }
  func.return
}
