// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// The second load has another reader: it stays.
// CHECK-LABEL: func.func @still_read(
// CHECK-COUNT-2: tile.load
// CHECK:         tile.matmul %{{.*}}, %{{.*}}, %{{.*}} :
// CHECK-NOT:     tile.matmul
func.func @still_read(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %n: index) -> !tile.tile<16x32xi8> {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %a1 = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return %a1 : !tile.tile<16x32xi8>
}
