// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// CHECK-LABEL: func.func @different_conditions(
// CHECK:         tile.matmul acc(%{{[a-z]*}}) init(%[[I:.*]]) %
// CHECK:         tile.matmul acc(%{{[a-z]*}}) init(%[[J:.*]]) %
// CHECK:         tile.matmul acc(%{{[a-z]*}}) %
func.func @different_conditions(
    %a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>, %y: !tile.tile<16x32xi32>,
    %z: !tile.tile<16x32xi32>, %i: i1, %j: i1) {
  %r = tile.matmul acc(%x) init(%i) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%y) init(%j) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %t = tile.matmul acc(%z) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
