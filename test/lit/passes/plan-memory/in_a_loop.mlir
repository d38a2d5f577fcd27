// RUN: pto-opt %s -p plan-memory --verify-diagnostics | filecheck %s

// In a loop they do live together, from its first iteration to its last.
// CHECK-LABEL: func.func @in_a_loop(
// CHECK:         %[[FIRST:.*]] = arith.constant 0 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[FIRST]] : !pto.tile_buf<loc=mat
// CHECK:         %[[SECOND:.*]] = arith.constant 1024 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[SECOND]] : !pto.tile_buf<loc=mat
func.func @in_a_loop(%n: index) {
  %a = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %b = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  scf.for %i = %n to %n step %n {
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    pto.tmov ins(%b : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}
