// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Equal conditions fuse, also where they are computed twice.
// CHECK-LABEL: func.func @equal_conditions(
// CHECK:         %[[I:.*]] = arith.cmpi
// CHECK:         tile.matmul acc(%{{.*}}, %{{.*}}) init(%[[I]])
// CHECK-NOT:     tile.matmul
func.func @equal_conditions(
    %a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>, %y: !tile.tile<16x32xi32>, %n: index) {
  %i = arith.cmpi eq, %n, %n : index
  %r = tile.matmul acc(%x) init(%i) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %j = arith.cmpi eq, %n, %n : index
  %s = tile.matmul acc(%y) init(%j) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
