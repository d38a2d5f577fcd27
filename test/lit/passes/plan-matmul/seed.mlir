// RUN: pto-opt %s -p plan-matmul | filecheck %s

// A loop over K that does nothing else is planned freely. The plan says what it costs, what it is bound by, and what
// came second.
// CHECK-LABEL: func.func @seed(
// CHECK:         tile.matmul acc(%{{.*}}) %{{.*}}, %{{.*}}, %{{.*}} {plan = {k_chunk = {{[0-9]+}} : i64, a_resident = {{true|false}},
// CHECK-SAME:      a_slots = {{[0-9]+}} : i64, b_slots = 4 : i64, l0_k = {{[0-9]+}} : i64, left_slots = 2 : i64,
// CHECK-SAME:      right_slots = 4 : i64, profile = "device", modelled_cycles = {{[0-9]+}} : i64, bound = "MTE2",
// CHECK-SAME:      bound_cycles = {{[0-9]+}} : i64, binding = "{{.*}}", tried = {{[0-9]+}} : i64,
// CHECK-SAME:      runner_up = {k_chunk = {{.*}}, modelled_cycles = {{[0-9]+}} : i64}}}
func.func @seed(%act: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x256xi8>, %v: !tile.tensor<512x256xi8>) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %c512 = arith.constant 512 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x256xi32>
  %r, %s = scf.for %k = %c0 to %c512 step %c128
      iter_args(%x = %zero, %y = %zero) -> (!tile.tile<16x256xi32>, !tile.tile<16x256xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x256xi8> -> !tile.tile<128x256xi8>
    %c = tile.load %v[%k, %c0] : !tile.tensor<512x256xi8> -> !tile.tile<128x256xi8>
    %x1, %y1 = tile.matmul acc(%x, %y) %a, %b, %c
      : !tile.tile<16x128xi8>, !tile.tile<128x256xi8>, !tile.tile<128x256xi8>
      -> !tile.tile<16x256xi32>, !tile.tile<16x256xi32>
    scf.yield %x1, %y1 : !tile.tile<16x256xi32>, !tile.tile<16x256xi32>
  }
  func.return
}
