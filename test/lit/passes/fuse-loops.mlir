// RUN: pto-opt %s -p fuse-loops --split-input-file | filecheck %s

// Two loops over K that load the same activation become one; the store between them stays behind.
// CHECK-LABEL: func.func @gate_up(
// CHECK:         %[[R:.*]], %[[S:.*]] = scf.for %[[K:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[G:.*]] = %{{.*}}, %[[U:.*]] = %{{.*}})
// CHECK:           tile.load %act[%{{.*}}, %[[K]]]
// CHECK:           %[[G1:.*]] = tile.matmul acc(%[[G]])
// CHECK:           tile.load %act[%{{.*}}, %[[K]]]
// CHECK:           %[[U1:.*]] = tile.matmul acc(%[[U]])
// CHECK:           scf.yield %[[G1]], %[[U1]]
// CHECK-NOT:     scf.for
// CHECK:         tile.store %[[R]], %gate_out
// CHECK:         tile.store %[[S]], %up_out
func.func @gate_up(%act: !tile.tensor<16x64xi8>, %wg: !tile.tensor<64x32xi8>, %wu: !tile.tensor<64x32xi8>,
                   %gate_out: !tile.tensor<16x32xi32>, %up_out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %gate = scf.for %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %wg[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %g1 : !tile.tile<16x32xi32>
  }
  tile.store %gate, %gate_out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  %zero_2 = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %up = scf.for %k = %c0 to %c64 step %c32 iter_args(%u = %zero_2) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %wu[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %u1 = tile.matmul acc(%u) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %u1 : !tile.tile<16x32xi32>
  }
  tile.store %up, %up_out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

// -----

// The second loop loads what is stored between the loops: it cannot move before the store.
// CHECK-LABEL: func.func @dependent_through_a_tensor(
// CHECK-COUNT-2: scf.for
func.func @dependent_through_a_tensor(%act: !tile.tensor<16x64xf32>, %w: !tile.tensor<64x64xf32>, %x: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0.0 : f32 : !tile.tile<16x64xf32>
  %p = scf.for %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x64xf32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xf32> -> !tile.tile<16x32xf32>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x64xf32> -> !tile.tile<32x64xf32>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xf32>, !tile.tile<32x64xf32> -> !tile.tile<16x64xf32>
    scf.yield %g1 : !tile.tile<16x64xf32>
  }
  tile.store %p, %w[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<64x64xf32>
  %q = scf.for %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x64xf32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xf32> -> !tile.tile<16x32xf32>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x64xf32> -> !tile.tile<32x64xf32>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xf32>, !tile.tile<32x64xf32> -> !tile.tile<16x64xf32>
    scf.yield %g1 : !tile.tile<16x64xf32>
  }
  tile.store %q, %x[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  func.return
}

// -----

// Other bounds, and another left operand: two loops each.
// CHECK-LABEL: func.func @different(
// CHECK-COUNT-3: tile.pipeline
func.func @different(%act: !tile.tensor<16x64xi8>, %other: !tile.tensor<16x64xi8>, %w: !tile.tensor<64x32xi8>, %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %x = tile.pipeline stages(2) %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %g1 : !tile.tile<16x32xi32>
  }
  %y = tile.pipeline stages(2) %k = %c32 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %g1 : !tile.tile<16x32xi32>
  }
  %z = tile.pipeline stages(2) %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %other[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %g1 : !tile.tile<16x32xi32>
  }
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %y, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %z, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
