// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @biased(
// CHECK:         pto.tmatmul.bias ins(%l, %r, %b : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tmatmul.bias"(%l, %r, %b, %a)
func.func @biased(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %b: !pto.tile_buf<bias, 1x32xf32>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {
  pto.tmatmul.bias ins(%l, %r, %b : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<bias, 1x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  func.return
}

// CHECK-LABEL: func.func @one_row(
// CHECK:         pto.tgemv ins(%l, %r : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.tgemv.acc ins(%a, %l, %r : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.tgemv.bias ins(%l, %r, %b : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tgemv"(%l, %r, %a)
// GENERIC:       "pto.tgemv.acc"(%a, %l, %r, %a)
// GENERIC:       "pto.tgemv.bias"(%l, %r, %b, %a)
func.func @one_row(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major, valid=1x32>,
    %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>, %b: !pto.tile_buf<bias, 1x32xf32>,
    %a: !pto.tile_buf<acc, 16x32xf32, valid=1x32, blayout=col_major, slayout=row_major, fractal=1024>) {
  pto.tgemv ins(%l, %r : !pto.tile_buf<left, 16x32xf16, slayout=row_major, valid=1x32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, valid=1x32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  pto.tgemv.acc ins(%a, %l, %r : !pto.tile_buf<acc, 16x32xf32, valid=1x32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<left, 16x32xf16, slayout=row_major, valid=1x32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, valid=1x32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  pto.tgemv.bias ins(%l, %r, %b : !pto.tile_buf<left, 16x32xf16, slayout=row_major, valid=1x32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<bias, 1x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, valid=1x32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  func.return
}

// Instructions of A5: ptoas takes those of matrices for a2a3 as well.
// CHECK-LABEL: func.func @scaled(
// CHECK:         pto.tmatmul.mx ins(%l, %s, %r, %s : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.tmatmul.mx.acc ins(%a, %l, %s, %r, %s : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.tmatmul.mx.bias ins(%l, %s, %r, %s, %b : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tmatmul.mx"(%l, %s, %r, %s, %a)
// GENERIC:       "pto.tmatmul.mx.acc"(%a, %l, %s, %r, %s, %a)
// GENERIC:       "pto.tmatmul.mx.bias"(%l, %s, %r, %s, %b, %a)
func.func @scaled(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %b: !pto.tile_buf<bias, 1x32xf32>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %s: !pto.tile_buf<vec, 16x32xf32>) {
  pto.tmatmul.mx ins(%l, %s, %r, %s : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  pto.tmatmul.mx.acc ins(%a, %l, %s, %r, %s : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  pto.tmatmul.mx.bias ins(%l, %s, %r, %s, %b : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<bias, 1x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  func.return
}

// Nothing is checked where an operand is a memref.
// CHECK-LABEL: func.func @scaled_row(
// CHECK:         pto.tgemv.mx ins(%l, %s, %r, %s : !pto.tile_buf<{{[^>]*}}>, memref<16x32xf32>, !pto.tile_buf<{{[^>]*}}>, memref<16x32xf32>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.tgemv.mx.acc ins(%a, %l, %s, %r, %s : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, memref<16x32xf32>, !pto.tile_buf<{{[^>]*}}>, memref<16x32xf32>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.tgemv.mx.bias ins(%l, %s, %r, %s, %b : !pto.tile_buf<{{[^>]*}}>, memref<16x32xf32>, !pto.tile_buf<{{[^>]*}}>, memref<16x32xf32>, !pto.tile_buf<{{[^>]*}}>) outs(%a : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tgemv.mx"(%l, %s, %r, %s, %a)
// GENERIC:       "pto.tgemv.mx.acc"(%a, %l, %s, %r, %s, %a)
// GENERIC:       "pto.tgemv.mx.bias"(%l, %s, %r, %s, %b, %a)
func.func @scaled_row(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %b: !pto.tile_buf<bias, 1x32xf32>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %s: memref<16x32xf32>) {
  pto.tgemv.mx ins(%l, %s, %r, %s : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, memref<16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, memref<16x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  pto.tgemv.mx.acc ins(%a, %l, %s, %r, %s : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<left, 16x32xf16, slayout=row_major>, memref<16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, memref<16x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  pto.tgemv.mx.bias ins(%l, %s, %r, %s, %b : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, memref<16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, memref<16x32xf32>, !pto.tile_buf<bias, 1x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {note}
  func.return
}
