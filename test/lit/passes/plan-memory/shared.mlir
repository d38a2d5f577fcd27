// RUN: pto-opt %s -p plan-memory --verify-diagnostics | filecheck %s

// Buffers that do not live together share bytes: the second takes the place of the first.
// CHECK-LABEL: func.func @shared(
// CHECK:         %[[FIRST:.*]] = arith.constant 0 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[FIRST]] : !pto.tile_buf<loc=mat
// CHECK:         %[[SECOND:.*]] = arith.constant 0 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[SECOND]] : !pto.tile_buf<loc=mat
func.func @shared(%n: index) {
  %a = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %b = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  pto.tmov ins(%b : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}
