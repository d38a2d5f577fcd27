// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Three, of which the middle one already has two results.
// CHECK-LABEL: func.func @qkv(
// CHECK-SAME:      %[[A:.*]]: !tile.tile<16x32xi8>, %[[B:.*]]: !tile.tile<32x32xi8>
// CHECK:         %[[Q:.*]], %[[K:.*]], %[[V:.*]], %[[X:.*]] = tile.matmul %[[A]], %[[B]], %[[B]], %[[B]], %[[B]]
// CHECK-NEXT:    func.return %[[Q]], %[[K]], %[[V]], %[[X]]
func.func @qkv(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>)
    -> (!tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>) {
  %q = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %k, %v = tile.matmul %a, %b, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8>, !tile.tile<32x32xi8>
    -> !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return %q, %k, %v, %x
    : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
}
