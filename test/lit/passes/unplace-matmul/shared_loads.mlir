// RUN: pto-opt %s -p unplace-matmul | filecheck %s

// Two matmuls that both may go share their loads; sums of both lose their place.
// CHECK-LABEL: func.func @shared_loads(
// CHECK:         tile.load %act[%{{.*}}] : {{.*}} -> !tile.tile<16x32xi8>
// CHECK:         tile.load %w[%{{.*}}] : {{.*}} -> !tile.tile<32x64xi8>
// CHECK:         tile.matmul %{{.*}} -> !tile.tile<16x64xi32>
// CHECK:         tile.matmul %{{.*}} -> !tile.tile<16x64xi32>
func.func @shared_loads(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x64xi8>, %out: !tile.tensor<16x64xi32>, %out1: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %a = tile.load %act[%c0, %c32] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8, mat>
  %b = tile.load %w[%c32, %c0] : !tile.tensor<128x64xi8> -> !tile.tile<32x64xi8, mat>
  %l = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
  %r = tile.move %b : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %l1 = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
  %r1 = tile.move %b : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
  %t = tile.matmul %l1, %r1 : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  tile.store %s, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  tile.store %t, %out1[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}
