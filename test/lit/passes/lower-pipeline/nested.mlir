// RUN: pto-opt %s -p lower-pipeline | filecheck %s

// Carried values are carried on. The rings of an inner pipeline stand before the outermost loop.
// CHECK-LABEL: func.func @nested(
// CHECK-SAME:      %[[N:[a-z]*]]: index, %[[X0:[a-z0-9]*]]: index)
// CHECK:         %[[RING:.*]] = tile.ring : !tile.ring<2 x !tile.tile<32x64xi8, mat>>
// CHECK:         %[[R:.*]] = scf.for %{{.*}} iter_args(%[[X:.*]] = %[[X0]]) -> (index)
// CHECK:           scf.for
// CHECK:             tile.load {{.*}} into %[[RING]][
// CHECK:           scf.yield %[[X]] : index
// CHECK:         func.return %[[R]]
func.func @nested(%t: !tile.tensor<256x64xi8>, %n: index, %x0: index) -> index {
  %r = tile.pipeline stages(1) %i = %n to %n step %n iter_args(%x = %x0) -> (index) {
    tile.pipeline stages(2) %k = %n to %n step %n {
      %b = tile.load %t[%k, %n] : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    }
    tile.yield %x : index
  }
  func.return %r : index
}
