// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// One starts afresh, the other does not.
// CHECK-LABEL: func.func @different_starts(
// CHECK:         tile.matmul %{{[a-z]*}}, %{{[a-z]*}} :
// CHECK:         tile.matmul acc(%{{[a-z]*}}) %{{[a-z]*}}, %{{[a-z]*}} :
func.func @different_starts(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
