// RUN: pto-opt %s -p plan-memory --verify-diagnostics | filecheck %s

// An accumulator of i32 is charged 32 rows: the second starts behind them.
// CHECK-LABEL: func.func @charged(
// CHECK:         arith.constant 0 : i64
// CHECK:         %[[SECOND:.*]] = arith.constant 8192 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[SECOND]] : !pto.tile_buf<loc=acc
func.func @charged(%addr: i64) {
  %x = pto.alloc_tile : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>
  %y = pto.alloc_tile : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>
  %l = pto.alloc_tile addr = %addr : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %r = pto.alloc_tile addr = %addr : !pto.tile_buf<right, 64x64xi8, slayout=col_major>
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x64xi8, slayout=row_major>, !pto.tile_buf<right, 64x64xi8, slayout=col_major>) outs(%x : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x64xi8, slayout=row_major>, !pto.tile_buf<right, 64x64xi8, slayout=col_major>) outs(%y : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  pto.tmatmul.acc ins(%x, %l, %r : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<left, 16x64xi8, slayout=row_major>, !pto.tile_buf<right, 64x64xi8, slayout=col_major>) outs(%x : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}
