// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// An unsigned element of memory has the type of its memory, one of a tile is read through a view without a sign; `arith`
// computes with the bits of both.
// CHECK-LABEL: func.func @unsigned(
// CHECK-SAME:      %x: !pto.ptr<ui16>
// CHECK:         %[[OF_MEMORY:.*]] = pto.load_scalar %x[{{.*}}] : !pto.ptr<ui16> -> ui16
// CHECK-NEXT:    %[[BITS:.*]] = builtin.unrealized_conversion_cast %[[OF_MEMORY]] : ui16 to i16
// CHECK-NEXT:    %[[WIDE:.*]] = arith.extui %[[BITS]] : i16 to i64
// CHECK:         %[[VIEW:.*]] = pto.bitcast %{{.*}} : {{.*}}dtype=ui16{{.*}} -> {{.*}}dtype=i16
// CHECK:         %[[OF_TILE:.*]] = pto.tgetval ins(%[[VIEW]], {{.*}}) outs : i16
// CHECK-NEXT:    %[[CHANGED:.*]] = arith.addi %[[OF_TILE]], %[[BITS]] : i16
// CHECK:         %[[WRITTEN:.*]] = builtin.unrealized_conversion_cast %[[CHANGED]] : i16 to ui16
// CHECK-NEXT:    pto.store_scalar %[[WRITTEN]], %x[%{{.*}}] : !pto.ptr<ui16>, ui16
func.func @unsigned(%x: !tile.tensor<8x32xui16>, %y: !tile.tensor<8x32xi64>, %i: index) {
  %bits = tile.read %x[%i, %i] : !tile.tensor<8x32xui16> -> i16
  %wide = arith.extui %bits : i16 to i64
  %j = arith.index_cast %wide : i64 to index
  %t = tile.load %x[%i, %i] : !tile.tensor<8x32xui16> -> !tile.tile<8x16xui16, vec>
  %of_tile = tile.read %t[%i, %i] : !tile.tile<8x16xui16, vec> -> i16
  %changed = arith.addi %of_tile, %bits : i16
  tile.write %changed, %x[%i, %j] : i16, !tile.tensor<8x32xui16>
  func.return
}
