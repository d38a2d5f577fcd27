// RUN: pto-opt %s -p plan-memory --verify-diagnostics | filecheck %s

// A buffer that has an address keeps it.
// CHECK-LABEL: func.func @planned(
// CHECK-SAME:      %[[ADDR:.*]]: i64)
// CHECK-NEXT:    pto.alloc_tile addr = %[[ADDR]]
// CHECK-NEXT:    func.return
func.func @planned(%addr: i64) {
  %a = pto.alloc_tile addr = %addr : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  func.return
}
