// RUN: pto-opt %s -p unplace-matmul | filecheck %s

// Loads into Mat, moves to Left and Right, a sum in Acc: only what is computed is left.
// CHECK-LABEL: func.func @staged(
// CHECK-NOT:     {{, (mat|left|right|acc)}}>
// CHECK-NOT:     tile.move
// CHECK:         %[[S0:.*]] = tile.empty : !tile.tile<16x32xi32>
// CHECK:         scf.for {{.*}} iter_args(%[[S:.*]] = %[[S0]]) -> (!tile.tile<16x32xi32>)
// CHECK:           %[[A:.*]] = tile.load %act
// CHECK:           %[[B:.*]] = tile.load %w
// CHECK:           tile.matmul acc(%[[S]]) init(%{{.*}}) %[[A]], %[[B]]
// CHECK:         tile.store
func.func @staged(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %s0 = tile.empty : !tile.tile<16x32xi32, acc>
  %sum = scf.for %k = %c0 to %c128 step %c32 iter_args(%s = %s0) -> (!tile.tile<16x32xi32, acc>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8, mat>
    %b = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8, mat>
    %l = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
    %r = tile.move %b : !tile.tile<32x32xi8, mat> -> !tile.tile<32x32xi8, right>
    %first = arith.cmpi eq, %k, %c0 : index
    %s1 = tile.matmul acc(%s) init(%first) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x32xi8, right> -> !tile.tile<16x32xi32, acc>
    scf.yield %s1 : !tile.tile<16x32xi32, acc>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32, acc>, !tile.tensor<16x32xi32>
  func.return
}
