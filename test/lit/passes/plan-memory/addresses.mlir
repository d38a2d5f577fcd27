// RUN: pto-opt %s -p plan-memory --verify-diagnostics | filecheck %s

// Each memory starts at zero, whatever the others hold; rings take the bytes of all their slots; unused buffers go.
// CHECK-LABEL: func.func @addresses(
// CHECK-DAG:     %[[ZERO:.*]] = arith.constant 0 : i64
// CHECK:         %[[RING:.*]] = pto.alloc_multi_tile addr = %{{.*}} :
// CHECK:         %[[AFTER:.*]] = arith.constant 8192 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[AFTER]] : !pto.tile_buf<loc=mat
// CHECK:         %[[LEFT:.*]] = arith.constant 0 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[LEFT]] : !pto.tile_buf<loc=left
// CHECK-NOT:     loc=right
func.func @addresses(%n: index) {
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2>
  %a = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %unused = pto.alloc_tile : !pto.tile_buf<right, 64x64xi8, slayout=col_major>
  scf.for %i = %n to %n step %n {
    %get = pto.multi_tile_get %ring[%i] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%get, %n, %n : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}
