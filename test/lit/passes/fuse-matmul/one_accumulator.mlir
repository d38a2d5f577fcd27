// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Both would update one accumulator.
// CHECK-LABEL: func.func @one_accumulator(
// CHECK-COUNT-2: tile.matmul acc(%{{[a-z]*}}) %{{[a-z]*}}, %{{[a-z]*}} :
func.func @one_accumulator(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>) {
  %r = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
