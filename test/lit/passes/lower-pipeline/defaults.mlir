// RUN: pto-opt %s -p lower-pipeline | filecheck %s

// Unless it is said otherwise, a load has as many buffers as there are stages, a move has one; one needs no ring.
// CHECK-LABEL: func.func @defaults(
// CHECK:         %[[RING:.*]] = tile.ring : !tile.ring<3 x !tile.tile<32x64xi8, mat>>
// CHECK-NOT:     tile.ring :
// CHECK:         scf.for
// CHECK:           %[[B:.*]] = tile.load {{.*}} into %[[RING]][
// CHECK-NEXT:      tile.move %[[B]] : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
func.func @defaults(%t: !tile.tensor<256x64xi8>, %n: index) {
  tile.pipeline stages(3) %k = %n to %n step %n {
    %b = tile.load %t[%k, %n] : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    %r = tile.move %b : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
  }
  func.return
}
