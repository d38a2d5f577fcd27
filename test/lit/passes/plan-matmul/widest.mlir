// RUN: pto-opt %s -p plan-matmul | filecheck %s

// The widest right operand decides what fits, wherever it stands.
// CHECK-LABEL: func.func @widest(
// CHECK:         tile.matmul {{.*}} {plan = {
// CHECK:         tile.matmul {{.*}} {plan = {
func.func @widest(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x256xi8>, %v: !tile.tensor<256x32xi8>, %out: !tile.tensor<16x256xi32>, %out1: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %act[%c0, %c0] : !tile.tensor<16x256xi8> -> !tile.tile<16x256xi8>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<256x256xi8> -> !tile.tile<256x256xi8>
  %c = tile.load %v[%c0, %c0] : !tile.tensor<256x32xi8> -> !tile.tile<256x32xi8>
  %x, %y = tile.matmul %a, %b, %c : !tile.tile<16x256xi8>, !tile.tile<256x256xi8>, !tile.tile<256x32xi8> -> !tile.tile<16x256xi32>, !tile.tile<16x32xi32>
  %z, %u = tile.matmul %a, %c, %b : !tile.tile<16x256xi8>, !tile.tile<256x32xi8>, !tile.tile<256x256xi8> -> !tile.tile<16x32xi32>, !tile.tile<16x256xi32>
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x256xi32>, !tile.tensor<16x256xi32>
  tile.store %y, %out1[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %u, %out[%c0, %c0] : !tile.tile<16x256xi32>, !tile.tensor<16x256xi32>
  tile.store %z, %out1[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
