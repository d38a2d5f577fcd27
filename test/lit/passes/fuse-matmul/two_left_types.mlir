// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Left operands of two types: one is placed.
// CHECK-LABEL: func.func @two_left_types(
// CHECK-COUNT-2: tile.matmul %{{[a-z0-9]*}}, %{{[a-z]*}} :
func.func @two_left_types(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %a1 = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8, mat>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8, mat>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
