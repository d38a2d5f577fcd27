// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @lowered(
// CHECK:         pto.pointer_cast(%a) %i, %i {config = #pto.tile_buf_config<blayout=#pto.blayout<row_major>, slayout=#pto.slayout<none_box>, s_fractal_size=512, pad=#pto.pad_value<zero>, compact=#pto.compact_mode<null>>} : memref<16x32xf32, #pto.address_space<vec>>
// CHECK:         pto.pointer_cast(%a) : memref<16x32xf32, #pto.address_space<vec>>
// CHECK:         pto.bind_tile %m, %i, %i {note, config = #pto.tile_buf_config<blayout=#pto.blayout<row_major>, slayout=#pto.slayout<none_box>, s_fractal_size=512, pad=#pto.pad_value<null>, compact=#pto.compact_mode<null>>} : memref<16x32xf32, #pto.address_space<vec>> -> memref<16x32xf32, #pto.address_space<vec>>
// CHECK:         pto.declare_tile_memref -> memref<16x32xf32, #pto.address_space<vec>>
// GENERIC:       "pto.pointer_cast"(%a, %i, %i) <{config = #pto.tile_buf_config<blayout=#pto.blayout<row_major>, slayout=#pto.slayout<none_box>, s_fractal_size=512, pad=#pto.pad_value<zero>, compact=#pto.compact_mode<null>>, operandSegmentSizes = array<i32: 1, 1, 1>}>
// GENERIC:       "pto.pointer_cast"(%a) <{operandSegmentSizes = array<i32: 1, 0, 0>}>
// GENERIC:       "pto.bind_tile"(%m, %i, %i) <{config = #pto.tile_buf_config<blayout=#pto.blayout<row_major>, slayout=#pto.slayout<none_box>, s_fractal_size=512, pad=#pto.pad_value<null>, compact=#pto.compact_mode<null>>, operandSegmentSizes = array<i32: 1, 1, 1>}>
// GENERIC:       "pto.declare_tile_memref"()
func.func @lowered(%a: i64, %i: index) {
  %m = pto.pointer_cast(%a) %i, %i {config = #pto.tile_buf_config<blayout=#pto.blayout<row_major>, slayout=0, pad=#pto.pad_value<zero>>} : memref<16x32xf32, #pto.address_space<vec>>
  %n = pto.pointer_cast(%a) : memref<16x32xf32, #pto.address_space<vec>>
  %t = pto.bind_tile %m, %i, %i {config = #pto.tile_buf_config<>, note} : memref<16x32xf32, #pto.address_space<vec>> -> memref<16x32xf32, #pto.address_space<vec>>
  %d = pto.declare_tile_memref -> memref<16x32xf32, #pto.address_space<vec>>
  func.return
}
