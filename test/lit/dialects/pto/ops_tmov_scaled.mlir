// RUN: pto-opt %s | pto-opt | filecheck %s

// ptoas reads a move that scales by a number in the generic form only.
// CHECK-LABEL: func.func @scaled(
// CHECK:         "pto.tmov"(%a, %m, %q) <{{.*}}operandSegmentSizes = array<i32: 1, 1, 0, 1>
// CHECK:         pto.tmov ins(%a :
func.func @scaled(
    %a: !pto.tile_buf<acc, 32x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 32x32xi8, blayout=col_major, slayout=row_major>,
    %h: !pto.tile_buf<mat, 32x32xf16, blayout=col_major, slayout=row_major>, %q: i64) {
  "pto.tmov"(%a, %m, %q) <{operandSegmentSizes = array<i32: 1, 1, 0, 1>}>
    : (!pto.tile_buf<acc, 32x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
       !pto.tile_buf<mat, 32x32xi8, blayout=col_major, slayout=row_major>, i64) -> ()
  pto.tmov ins(%a : !pto.tile_buf<acc, 32x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%h : !pto.tile_buf<mat, 32x32xf16, blayout=col_major, slayout=row_major>)
  func.return
}
