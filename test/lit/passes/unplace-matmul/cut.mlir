// RUN: pto-opt %s -p unplace-matmul | filecheck %s

// Each turn cuts another part out of what was loaded: it may load that part itself.
// CHECK-LABEL: func.func @cut(
// CHECK-NOT:     tile.load
// CHECK:         scf.for %[[K:[a-z]+]] =
// CHECK:           %[[A:.*]] = tile.load %act[%{{.*}}, %[[K]]] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
// CHECK:           %[[AT:.*]] = arith.addi %base, %[[K]]
// CHECK:           %[[B:.*]] = tile.load %w[%[[AT]], %{{.*}}]
// CHECK:           tile.matmul {{.*}} %[[A]], %[[B]]
func.func @cut(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<256x32xi8>, %out: !tile.tensor<16x32xi32>, %base: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %s0 = tile.empty : !tile.tile<16x32xi32, acc>
  %a = tile.load %act[%c0, %c0] : !tile.tensor<16x128xi8> -> !tile.tile<16x128xi8, mat>
  %b = tile.load %w[%base, %c0] : !tile.tensor<256x32xi8> -> !tile.tile<128x32xi8, mat>
  %sum = scf.for %k = %c0 to %c128 step %c32 iter_args(%s = %s0) -> (!tile.tile<16x32xi32, acc>) {
    %l = tile.extract %a[%c0, %k] : !tile.tile<16x128xi8, mat> -> !tile.tile<16x32xi8, left>
    %r = tile.extract %b[%k, %c0] : !tile.tile<128x32xi8, mat> -> !tile.tile<32x32xi8, right>
    %first = arith.cmpi eq, %k, %c0 : index
    %s1 = tile.matmul acc(%s) init(%first) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x32xi8, right> -> !tile.tile<16x32xi32, acc>
    scf.yield %s1 : !tile.tile<16x32xi32, acc>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32, acc>, !tile.tensor<16x32xi32>
  func.return
}
