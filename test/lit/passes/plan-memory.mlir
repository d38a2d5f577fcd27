// RUN: pto-opt %s -p plan-memory --split-input-file --verify-diagnostics | filecheck %s

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

// -----

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

// -----

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

// -----

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

// -----

// A buffer that has an address keeps it.
// CHECK-LABEL: func.func @planned(
// CHECK-SAME:      %[[ADDR:.*]]: i64)
// CHECK-NEXT:    pto.alloc_tile addr = %[[ADDR]]
// CHECK-NEXT:    func.return
func.func @planned(%addr: i64) {
  %a = pto.alloc_tile addr = %addr : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  func.return
}

// -----

func.func @too_much(%n: index) {
  // expected-error@+3 {{Left buffers cannot be placed: they reach 131072 bytes of 65536 [TW0204]}}
  // expected-note@+2 {{%l takes 131072 bytes}}
  // expected-note@+1 {{use smaller tiles, or fewer slots}}
  %l = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<left, 128x512xi8, slayout=row_major>, count=2>
  %get = pto.multi_tile_get %l[%n]
    : !pto.multi_tile_buf<!pto.tile_buf<left, 128x512xi8, slayout=row_major>, count=2>
    -> !pto.tile_buf<left, 128x512xi8, slayout=row_major>
  func.return
}
