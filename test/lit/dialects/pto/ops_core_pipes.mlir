// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @vector_kernel(
// CHECK:         pto.reserve_buffer {name = "to_vector", size = 8192, location = <vec>, auto = true} -> i32
// CHECK:         pto.aiv_initialize_pipe {dir_mask = 3, slot_size = 1024, nosplit = true} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32) {note}
// CHECK:         pto.tpop_from_aic {split = 0} -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.tpop_from_aic(%r, %c) {split = 0} {note} -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.tpush_to_aic(%t : !pto.tile_buf<{{[^>]*}}>) {split = 0} {note}
// CHECK:         pto.tfree_from_aic {split = 0} {note}
// GENERIC:       "pto.reserve_buffer"() <{name = "to_vector", size = 8192 : i32, location = #pto.address_space<vec>, autoAlloc = true}>
// GENERIC:       "pto.aiv_initialize_pipe"(%g, %b, %z) <{dir_mask = 3 : i8, slot_size = 1024 : i32, nosplit = true}>
// GENERIC:       "pto.tpop_from_aic"() <{split = 0 : i8, operandSegmentSizes = array<i32: 0, 0>}>
// GENERIC:       "pto.tpop_from_aic"(%r, %c) <{split = 0 : i8, operandSegmentSizes = array<i32: 1, 1>}>
// GENERIC:       "pto.tpush_to_aic"(%t) <{split = 0 : i8}>
// GENERIC:       "pto.tfree_from_aic"() <{split = 0 : i8}>
func.func @vector_kernel(
    %g: !pto.ptr<f32>, %r: index, %c: index) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = pto.reserve_buffer {name = "to_vector", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
  %z = arith.constant 0 : i32
  pto.aiv_initialize_pipe {dir_mask = 3, slot_size = 1024, nosplit = true} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32) {note}
  %t = pto.tpop_from_aic {split = 0} -> !pto.tile_buf<vec, 16x32xf32>
  %u = pto.tpop_from_aic(%r, %c) {split = 0} {note} -> !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  pto.tpush_to_aic(%t : !pto.tile_buf<vec, 16x32xf32>) {split = 0} {note}
  pto.tfree_from_aic {split = 0} {note}
  func.return
}

// CHECK-LABEL: func.func @cube_kernel(
// CHECK:         pto.import_reserved_buffer {name = "to_vector", peer_func = @vector_kernel} -> i32
// CHECK:         pto.aic_initialize_pipe {dir_mask = 3, slot_size = 1024} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)
// CHECK:         pto.alloc_tile : !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.tpush_to_aiv(%a : !pto.tile_buf<{{[^>]*}}>) {split = 0}
// CHECK:         pto.tpop_from_aiv {split = 0} -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.tfree_from_aiv {split = 0}
// GENERIC:       "pto.import_reserved_buffer"() <{name = "to_vector", peer_func = @vector_kernel}>
// GENERIC:       "pto.aic_initialize_pipe"(%g, %b, %z) <{dir_mask = 3 : i8, slot_size = 1024 : i32}>
// GENERIC:       "pto.alloc_tile"() <{operandSegmentSizes = array<i32: 0, 0, 0>}>
// GENERIC:       "pto.tpush_to_aiv"(%a) <{split = 0 : i8}>
// GENERIC:       "pto.tpop_from_aiv"() <{split = 0 : i8, operandSegmentSizes = array<i32: 0, 0>}>
// GENERIC:       "pto.tfree_from_aiv"() <{split = 0 : i8}>
func.func @cube_kernel(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %b = pto.import_reserved_buffer {name = "to_vector", peer_func = @vector_kernel} -> i32
  %z = arith.constant 0 : i32
  pto.aic_initialize_pipe {dir_mask = 3, slot_size = 1024} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)
  %a = pto.alloc_tile : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>
  pto.tpush_to_aiv(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {split = 0}
  %m = pto.tpop_from_aiv {split = 0} -> !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>
  pto.tfree_from_aiv {split = 0}
  func.return
}

// Room at a fixed place.
// CHECK-LABEL: func.func @fixed_room(
// CHECK:         pto.reserve_buffer {name = "here", size = 64, location = <mat>, auto = false, base = 128} {note} -> i32
// GENERIC:       "pto.reserve_buffer"() <{name = "here", size = 64 : i32, location = #pto.address_space<mat>, autoAlloc = false, base = 128 : i32}>
func.func @fixed_room() {
  %b = pto.reserve_buffer {name = "here", size = 64, location = <mat>, auto = false, base = 128} {note} -> i32
  func.return
}
