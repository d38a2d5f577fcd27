// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// The second matmul accumulates onto the first.
// CHECK-LABEL: func.func @chained(
// CHECK:         %[[R:.*]] = tile.matmul acc(%{{.*}}) %{{[a-z]*}}, %{{[a-z]*}} :
// CHECK-NEXT:    tile.matmul acc(%[[R]])
func.func @chained(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>) {
  %r = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%r) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
