// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @tload_keywords(
// CHECK:         pto.tload ins(%p : !pto.partition_tensor_view<16x32xf32>) outs(%t : !pto.tile_buf<{{[^>]*}}>) {note} pad_mode = <PadValue> pad_value = %x : f32 left_padding_num = %n : index init_out_buffer = true right_padding_num = %n : index init_condition = %c : i1
// CHECK:         pto.tload ins(%p : !pto.partition_tensor_view<16x32xf32>) outs(%t : !pto.tile_buf<{{[^>]*}}>) pad_mode = <PadFirstElem>
// CHECK:         pto.tprefetch ins(%p : !pto.partition_tensor_view<16x32xf32>) outs(%t : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tload"(%p, %t, %x, %n, %n, %c) <{pad_mode = #pto.padmode<PadValue>, init_out_buffer = true, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1>}>
// GENERIC:       "pto.tload"(%p, %t) <{pad_mode = #pto.padmode<PadFirstElem>, operandSegmentSizes = array<i32: 1, 1, 0, 0, 0, 0>}>
// GENERIC:       "pto.tprefetch"(%p, %t)
func.func @tload_keywords(
    %p: !pto.partition_tensor_view<16x32xf32>, %t: !pto.tile_buf<vec, 16x32xf32>, %x: f32, %n: index, %c: i1) {
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xf32>)
    outs(%t : !pto.tile_buf<vec, 16x32xf32>) {note} pad_mode = <PadValue> pad_value = %x : f32 left_padding_num = %n : index init_out_buffer = true right_padding_num = %n : index init_condition = %c : i1
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xf32>)
    outs(%t : !pto.tile_buf<vec, 16x32xf32>) pad_mode = #pto.padmode<PadFirstElem>
  pto.tprefetch ins(%p : !pto.partition_tensor_view<16x32xf32>) outs(%t : !pto.tile_buf<vec, 16x32xf32>) {note}
  func.return
}

// CHECK-LABEL: func.func @tstore_modes(
// CHECK:         pto.tstore ins(%a : !pto.tile_buf<{{[^>]*}}>, %q : i64) outs(%p : !pto.partition_tensor_view<16x32xi8>) {note}
// CHECK:         pto.tstore ins(%a : !pto.tile_buf<{{[^>]*}}>) outs(%w : !pto.partition_tensor_view<16x32xf32>) {stPhase = #pto<st_phase final>, atomicType = #pto<atomic_type atomic_add>, reluPreMode = #pto<relu_pre_mode normal_relu>}
// CHECK:         pto.tstore_fp ins(%a, %f : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%p : !pto.partition_tensor_view<16x32xi8>) {note}
// GENERIC:       "pto.tstore"(%a, %p, %q) <{stPhase = #pto<st_phase unspecified>, atomicType = #pto<atomic_type atomic_none>, reluPreMode = #pto<relu_pre_mode no_relu>}>
// GENERIC:       "pto.tstore"(%a, %w) <{stPhase = #pto<st_phase final>, atomicType = #pto<atomic_type atomic_add>, reluPreMode = #pto<relu_pre_mode normal_relu>}>
// GENERIC:       "pto.tstore_fp"(%a, %f, %p)
func.func @tstore_modes(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %q: i64,
    %p: !pto.partition_tensor_view<16x32xi8>, %w: !pto.partition_tensor_view<16x32xf32>,
    %f: !pto.tile_buf<scaling, 1x32xui64>) {
  pto.tstore ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %q : i64)
    outs(%p : !pto.partition_tensor_view<16x32xi8>) {note}
  pto.tstore ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%w : !pto.partition_tensor_view<16x32xf32>) {stPhase = #pto<st_phase final>, atomicType = #pto<atomic_type atomic_add>, reluPreMode = #pto<relu_pre_mode normal_relu>}
  pto.tstore_fp ins(%a, %f : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<scaling, 1x32xui64>)
    outs(%p : !pto.partition_tensor_view<16x32xi8>) {note}
  func.return
}

// CHECK-LABEL: func.func @tmov_modes(
// CHECK:         pto.tmov ins(%a : !pto.tile_buf<{{[^>]*}}>, %f : !pto.tile_buf<{{[^>]*}}>) outs(%m : !pto.tile_buf<{{[^>]*}}>) {reluPreMode = #pto<relu_pre_mode normal_relu>}
// CHECK:         pto.tmov ins(%a : !pto.tile_buf<{{[^>]*}}>) outs(%v : !pto.tile_buf<{{[^>]*}}>) {accToVecMode = #pto.acc_to_vec_mode<single_mode_vec1>}
// CHECK:         pto.tmov.fp ins(%a, %f : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) outs(%m : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tmov"(%a, %m, %f) <{reluPreMode = #pto<relu_pre_mode normal_relu>, operandSegmentSizes = array<i32: 1, 1, 1, 0>}>
// GENERIC:       "pto.tmov"(%a, %v) <{accToVecMode = #pto.acc_to_vec_mode<single_mode_vec1>, operandSegmentSizes = array<i32: 1, 1, 0, 0>, reluPreMode = #pto<relu_pre_mode no_relu>}>
// GENERIC:       "pto.tmov.fp"(%a, %f, %m)
func.func @tmov_modes(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>, %v: !pto.tile_buf<vec, 16x32xf32>,
    %f: !pto.tile_buf<scaling, 1x32xui64>, %h: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>) {
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %f : !pto.tile_buf<scaling, 1x32xui64>)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>) {reluPreMode = #pto<relu_pre_mode normal_relu>}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%v : !pto.tile_buf<vec, 16x32xf32>) {accToVecMode = #pto.acc_to_vec_mode<single_mode_vec1>}
  pto.tmov.fp ins(%a, %f : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<scaling, 1x32xui64>)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>) {note}
  func.return
}

// CHECK-LABEL: func.func @tile_windows(
// CHECK:         pto.tinsert ins(%a, %i, %i : !pto.tile_buf<{{[^>]*}}>, index, index) outs(%h : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.tinsert_fp ins(%a, %f, %i, %i : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, index, index) outs(%m : !pto.tile_buf<{{[^>]*}}>) {note}
// CHECK:         pto.textract_fp ins(%a, %f, %i, %i : !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, index, index) outs(%m : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tinsert"(%a, %i, %i, %h)
// GENERIC:       "pto.tinsert_fp"(%a, %f, %i, %i, %m)
// GENERIC:       "pto.textract_fp"(%a, %f, %i, %i, %m)
func.func @tile_windows(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>, %f: !pto.tile_buf<scaling, 1x32xui64>,
    %h: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>, %i: index) {
  pto.tinsert ins(%a, %i, %i : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, index, index)
    outs(%h : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>) {note}
  pto.tinsert_fp ins(%a, %f, %i, %i : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<scaling, 1x32xui64>, index, index)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>) {note}
  pto.textract_fp ins(%a, %f, %i, %i : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<scaling, 1x32xui64>, index, index)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>) {note}
  func.return
}
