// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Another left operand in between opens a group of its own.
// CHECK-LABEL: func.func @two_groups(
// CHECK-SAME:      %[[A:.*]]: !tile.tile<16x32xi8>, %[[X:.*]]: !tile.tile<16x32xi8>, %[[B:.*]]: !tile.tile<32x32xi8>
// CHECK:         tile.matmul %[[A]], %[[B]], %[[B]]
// CHECK:         tile.matmul %[[X]], %[[B]], %[[B]]
// CHECK-NOT:     tile.matmul
func.func @two_groups(%a: !tile.tile<16x32xi8>, %x: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul %x, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %t = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %u = tile.matmul %x, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
