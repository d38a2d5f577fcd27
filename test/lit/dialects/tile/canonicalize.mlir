// RUN: pto-opt %s -p canonicalize --split-input-file | filecheck %s

// A sum that starts from zeros starts afresh, so its accumulators and its condition go.
// CHECK-LABEL: func.func @zeros(
// CHECK:         tile.matmul %{{.*}}, %{{.*}} :
// CHECK:         tile.matmul %{{.*}}, %{{.*}} :
func.func @zeros(%t: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x32xi8>, %o: !tile.tensor<16x32xi32>, %f: i1) {
  %c0 = arith.constant 0 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %a = tile.load %t[%c0, %c0] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  %r = tile.matmul acc(%zero) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %r, %o[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  %s = tile.matmul acc(%zero) init(%f) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %s, %o[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

// -----

// A sum that starts from something else keeps its accumulator.
// CHECK-LABEL: func.func @ones(
// CHECK:         tile.matmul acc(
func.func @ones(%t: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x32xi8>, %o: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %one = tile.full 1 : i32 : !tile.tile<16x32xi32>
  %a = tile.load %t[%c0, %c0] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  %r = tile.matmul acc(%one) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %r, %o[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
