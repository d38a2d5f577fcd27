// RUN: pto-opt %s -p expand-multi-tile --split-input-file --verify-diagnostics | filecheck %s

// A slot lies at the address of its ring plus its number times its bytes; a ring at zero needs no addition, a known slot
// no arithmetic.
// CHECK-LABEL: func.func @slots(
// CHECK-SAME:      %[[I:.*]]: index)
// CHECK:         %[[BASE:.*]] = arith.constant 1024 : i64
// CHECK-NOT:     pto.alloc_multi_tile
// CHECK:         %[[N:.*]] = arith.index_cast %[[I]] : index to i64
// CHECK:         %[[BYTES:.*]] = arith.constant 4096 : i64
// CHECK:         %[[OFFSET:.*]] = arith.muli %[[N]], %[[BYTES]]
// CHECK-NEXT:    %[[ADDR:.*]] = arith.addi %[[OFFSET]], %[[BASE]]
// CHECK-NEXT:    pto.alloc_tile addr = %[[ADDR]] :
// CHECK:         %[[N0:.*]] = arith.index_cast %[[I]]
// CHECK:         %[[OFFSET0:.*]] = arith.muli %[[N0]],
// CHECK-NEXT:    pto.alloc_tile addr = %[[OFFSET0]] :
// CHECK:         %[[KNOWN:.*]] = arith.constant 9216 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[KNOWN]] :
// CHECK-NOT:     pto.multi_tile_get
func.func @slots(%i: index) {
  %zero = arith.constant 0 : i64
  %base = arith.constant 1024 : i64
  %two = arith.constant 2 : index
  %ring = pto.alloc_multi_tile addr = %base : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3>
  %first = pto.alloc_multi_tile addr = %zero : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3>
  %a = pto.multi_tile_get %ring[%i] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
  %b = pto.multi_tile_get %first[%i] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
  %c = pto.multi_tile_get %ring[%two] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
  func.return
}

// -----

func.func @unplanned(%i: index) {
  // expected-error@+2 {{%ring has no address yet [TW0307]}}
  // expected-note@+1 {{run plan-memory first (level 3), or unroll-slots (level 2)}}
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3>
  %a = pto.multi_tile_get %ring[%i] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
  func.return
}
