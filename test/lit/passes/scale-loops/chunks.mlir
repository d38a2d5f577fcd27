// RUN: pto-opt %s -p scale-loops | filecheck %s

// The loop counts chunks of 64: it comes to count in elements, also where it asks for its first turn.
// CHECK-LABEL: func.func @chunks(
// CHECK-DAG:     %[[LOW:.*]] = arith.constant 0 : index
// CHECK-DAG:     %[[HIGH:.*]] = arith.constant 256 : index
// CHECK-DAG:     %[[STEP:.*]] = arith.constant 64 : index
// CHECK:         scf.for %[[K:.*]] = %{{.*}} to %[[HIGH]] step %{{.*}} iter_args
// CHECK-NOT:       arith.muli
// CHECK:           tile.load %act[%{{.*}}, %[[K]]]
// CHECK:           tile.load %w[%[[K]], %{{.*}}]
// CHECK:           arith.cmpi eq, %[[K]], %{{.*}}
func.func @chunks(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x32xi8>, %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c64 = arith.constant 64 : index
  %s0 = tile.empty : !tile.tile<16x32xi32>
  %sum = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %s0) -> (!tile.tile<16x32xi32>) {
    %k = arith.muli %i, %c64 : index
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x32xi8> -> !tile.tile<64x32xi8>
    %first = arith.cmpi eq, %i, %c0 : index
    %s1 = tile.matmul acc(%s) init(%first) %a, %b : !tile.tile<16x64xi8>, !tile.tile<64x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %s1 : !tile.tile<16x32xi32>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
