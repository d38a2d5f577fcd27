// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Right operands of two widths cannot share a ring of buffers.
// CHECK-LABEL: func.func @two_widths(
// CHECK-COUNT-2: tile.matmul %{{[a-z]*}}, %{{[a-z]*}} :
func.func @two_widths(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %c: !tile.tile<32x64xi8>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul %a, %c : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
  func.return
}
