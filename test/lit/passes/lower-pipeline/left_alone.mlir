// RUN: pto-opt %s -p lower-pipeline | filecheck %s

// Tiles without a place, and tiles bound already, are left alone.
// CHECK-LABEL: func.func @left_alone(
// CHECK-NOT:     tile.ring :
// CHECK:         tile.load %{{.*}}[%{{.*}}] : {{.*}} -> !tile.tile<32x64xi8>
// CHECK:         tile.load {{.*}} into %{{.*}}[
func.func @left_alone(%t: !tile.tensor<256x64xi8>, %n: index, %ring: !tile.ring<2 x !tile.tile<32x64xi8, mat>>) {
  tile.pipeline stages(3) %k = %n to %n step %n {
    %b = tile.load %t[%k, %n] : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8>
    %c = tile.load %t[%k, %n] into %ring[%n] of !tile.ring<2 x !tile.tile<32x64xi8, mat>>
      : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
  }
  func.return
}
