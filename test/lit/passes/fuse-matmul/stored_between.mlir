// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// A store to the tensor lies between the loads.
// CHECK-LABEL: func.func @stored_between(
// CHECK-COUNT-2: tile.matmul %{{[a-z0-9]*}}, %{{[a-z0-9]*}} :
func.func @stored_between(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %x, %act[%n, %n] : !tile.tile<16x32xi8>, !tile.tensor<16x64xi8>
  %a1 = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
