// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tile_aliases(
// CHECK:         pto.alloc_tile valid_row = %r valid_col = %c : !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.set_validshape %t, %r, %c {note} : !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.alloc_tile : !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.bitcast %u {note} : !pto.tile_buf<{{[^>]*}}> -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.treshape %u {note} : !pto.tile_buf<{{[^>]*}}> -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.tassign %u, %a {note} : !pto.tile_buf<{{[^>]*}}> -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.declare_tile -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.subset %u[%r, %c] sizes [8, 16] {note} : !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.bitcast %t : !pto.tile_buf<{{[^>]*}}> -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.set_validshape %v, %r, %c : !pto.tile_buf<{{[^>]*}}>
// GENERIC:       "pto.alloc_tile"(%r, %c) <{operandSegmentSizes = array<i32: 0, 1, 1>}>
// GENERIC:       "pto.set_validshape"(%t, %r, %c)
// GENERIC:       "pto.alloc_tile"() <{operandSegmentSizes = array<i32: 0, 0, 0>}>
// GENERIC:       "pto.bitcast"(%u)
// GENERIC:       "pto.treshape"(%u)
// GENERIC:       "pto.tassign"(%u, %a)
// GENERIC:       "pto.declare_tile"()
// GENERIC:       "pto.subset"(%u, %r, %c) <{sizes = [8 : i64, 16 : i64]}>
// GENERIC:       "pto.bitcast"(%t)
// GENERIC:       "pto.set_validshape"(%v, %r, %c)
func.func @tile_aliases(%r: index, %c: index, %a: i64) {
  %t = pto.alloc_tile valid_row = %r valid_col = %c : !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  pto.set_validshape %t, %r, %c {note} : !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  %u = pto.alloc_tile : !pto.tile_buf<vec, 16x32xf32>
  %i = pto.bitcast %u {note} : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 16x32xi32>
  %s = pto.treshape %u {note} : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 8x64xf32>
  %w = pto.tassign %u, %a {note} : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 16x32xf32>
  %d = pto.declare_tile -> !pto.tile_buf<vec, 16x32xf32>
  %m = pto.subset %u[%r, %c] sizes [8, 16] {note} : !pto.tile_buf<vec, 16x32xf32>
  %v = pto.bitcast %t : !pto.tile_buf<vec, 16x32xf32, valid=?x?> -> !pto.tile_buf<vec, 16x32xi32, valid=?x?>
  pto.set_validshape %v, %r, %c : !pto.tile_buf<vec, 16x32xi32, valid=?x?>
  func.return
}

// A part of a tile of fractals keeps all of one dimension; the valid part follows.
// CHECK-LABEL: func.func @subset_of_fractals(
// CHECK:         pto.alloc_tile : !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.subset %t[%zero, %sixteen] sizes [64, 16] : !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.treshape %m : !pto.tile_buf<{{[^>]*}}> -> !pto.tile_buf<{{[^>]*}}>
// GENERIC:       "pto.alloc_tile"() <{operandSegmentSizes = array<i32: 0, 0, 0>}>
// GENERIC:       "pto.subset"(%t, %zero, %sixteen) <{sizes = [64 : i64, 16 : i64]}>
// GENERIC:       "pto.treshape"(%m)
func.func @subset_of_fractals(%i: index) {
  %t = pto.alloc_tile : !pto.tile_buf<mat, 64x32xf16, valid=64x20, blayout=col_major, slayout=row_major>
  %zero = arith.constant 0 : index
  %sixteen = arith.constant 16 : index
  %m = pto.subset %t[%zero, %sixteen] sizes [64, 16] : !pto.tile_buf<mat, 64x32xf16, valid=64x20, blayout=col_major, slayout=row_major>
  %n = pto.treshape %m : !pto.tile_buf<mat, 64x16xf16, valid=64x4, blayout=col_major, slayout=row_major> -> !pto.tile_buf<mat, 16x64xf16, blayout=col_major, slayout=row_major>
  func.return
}
