// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// A left operand that is loaded twice by equal expressions is loaded once, also where the offsets are computed twice.
// CHECK-LABEL: func.func @loaded_twice(
// CHECK-SAME:      %[[ACT:.*]]: !tile.tensor<16x64xi8>, %[[B:.*]]: !tile.tile<32x32xi8>
// CHECK:         %[[A:.*]] = tile.load %[[ACT]]
// CHECK-NOT:     tile.load
// CHECK:         tile.matmul %[[A]], %[[B]], %[[B]]
// CHECK-NOT:     tile.matmul
func.func @loaded_twice(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %k: index, %n: index) {
  %at = arith.addi %k, %n : index
  %a = tile.load %act[%n, %at] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %at1 = arith.addi %k, %n : index
  %a1 = tile.load %act[%n, %at1] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
