// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @alloc_tile(
// CHECK-SAME:      %[[R:[a-z0-9]+]]: index, %[[A:[a-z0-9]+]]: i64)
// CHECK:         pto.alloc_tile : !pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=32, v_row=16, v_col=32,
// CHECK:         pto.alloc_tile addr = %[[A]] {note} : !pto.tile_buf<
// CHECK:         pto.alloc_tile valid_row = %[[R]] : !pto.tile_buf<{{.*}} v_row=?, v_col=32,
// CHECK:         pto.alloc_tile valid_col = %[[R]] : !pto.tile_buf<{{.*}} v_row=16, v_col=?,
// CHECK:         pto.alloc_tile addr = %[[A]] valid_row = %[[R]] valid_col = %[[R]] : !pto.tile_buf<{{.*}} v_row=?, v_col=?,
// GENERIC:       "pto.alloc_tile"() <{operandSegmentSizes = array<i32: 0, 0, 0>}> : () -> !pto.tile_buf<loc=vec
// GENERIC:       "pto.alloc_tile"(%{{.*}}) <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (i64, index, index)
func.func @alloc_tile(%r: index, %a: i64) {
  %0 = pto.alloc_tile : !pto.tile_buf<vec, 16x32xf32>
  %1 = pto.alloc_tile addr = %a {note} : !pto.tile_buf<vec, 16x32xf32>
  %2 = pto.alloc_tile valid_row = %r : !pto.tile_buf<vec, 16x32xf32, valid=?x32>
  %3 = pto.alloc_tile valid_col = %r : !pto.tile_buf<vec, 16x32xf32, valid=16x?>
  %4 = pto.alloc_tile addr = %a valid_row = %r valid_col = %r : !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  func.return
}

// The last byte of a memory can be used; a row step of Acc is charged in full.
// CHECK-LABEL: func.func @addresses
// CHECK:         pto.alloc_tile addr = %{{.*}} : !pto.tile_buf<loc=mat
// CHECK:         pto.alloc_tile addr = %{{.*}} : !pto.tile_buf<loc=acc
func.func @addresses() {
  %mat = arith.constant 523776 : i64
  %0 = pto.alloc_tile addr = %mat : !pto.tile_buf<mat, 16x32xi8>
  %acc = arith.constant 98304 : i64
  %1 = pto.alloc_tile addr = %acc : !pto.tile_buf<acc, 16x256xi32, blayout=col_major, slayout=row_major, fractal=1024>
  func.return
}

// CHECK-LABEL: func.func @several(
// CHECK-SAME:      %[[I:[a-z0-9]+]]: index, %[[A:[a-z0-9]+]]: i64)
// CHECK:         %[[R:[a-z0-9]+]] = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<{{[^>]*}}>, count=3>
// CHECK:         pto.alloc_multi_tile addr = %[[A]] {note} : !pto.multi_tile_buf<!pto.tile_buf<{{[^>]*}}>, count=3>
// CHECK:         pto.multi_tile_get %[[R]][%[[I]]] : !pto.multi_tile_buf<!pto.tile_buf<{{[^>]*}}>, count=3> -> !pto.tile_buf
// CHECK:         pto.multi_tile_get %[[R]][%{{.*}}] {note} : !pto.multi_tile_buf
// GENERIC:       "pto.alloc_multi_tile"() : () -> !pto.multi_tile_buf<
// GENERIC:       "pto.multi_tile_get"(%{{.*}}) : (!pto.multi_tile_buf<{{.*}}, count=3>, index) -> !pto.tile_buf
func.func @several(%i: index, %a: i64) {
  %r = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=3>
  %s = pto.alloc_multi_tile addr = %a {note} : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=3>
  %two = arith.constant 2 : index
  %t = pto.multi_tile_get %r[%i] : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=3> -> !pto.tile_buf<mat, 16x32xi8>
  %u = pto.multi_tile_get %r[%two] {note}
    : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=3> -> !pto.tile_buf<mat, 16x32xi8>
  func.return
}

// CHECK-LABEL: func.func @views(
// CHECK-SAME:      %[[P:[a-z0-9]+]]: !pto.ptr<i8>, %[[N:[a-z0-9]+]]: index)
// CHECK:         %[[V:[a-z0-9]+]] = pto.make_tensor_view %[[P]], shape = [%[[N]], %[[N]]], strides = [%[[N]], %[[N]]]
// CHECK-SAME:      : !pto.tensor_view<?x?xi8>
// CHECK:         pto.make_tensor_view %[[P]], shape = [%[[N]]], strides = [%[[N]]]
// CHECK-SAME:      layout = #pto.layout<dn>
// CHECK-SAME:      : !pto.tensor_view<64xi8>
// CHECK:         pto.partition_view %[[V]], offsets = [%[[N]], %[[N]]], sizes = [%[[N]], %[[N]]]
// CHECK-SAME:      : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x?xi8>
// CHECK:         pto.partition_view %[[V]], offsets = [%[[N]], %[[N]]], sizes = [%[[N]], %[[N]]] {note}
// GENERIC:       "pto.make_tensor_view"(%{{.*}}) <{operandSegmentSizes = array<i32: 1, 2, 2>}>
// GENERIC:       "pto.make_tensor_view"(%{{.*}}) <{
// GENERIC-SAME:    layout = #pto.layout<dn>
// GENERIC:       "pto.partition_view"(%{{.*}}) <{operandSegmentSizes = array<i32: 1, 2, 2>}>
func.func @views(%p: !pto.ptr<i8>, %n: index) {
  %v = pto.make_tensor_view %p, shape = [%n, %n], strides = [%n, %n] : !pto.tensor_view<?x?xi8>
  %w = pto.make_tensor_view %p, shape = [%n], strides = [%n] {layout = #pto.layout<dn>, note} : !pto.tensor_view<64xi8>
  %x = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x?xi8>
  %y = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %n] {note}
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x16xi8>
  func.return
}

// CHECK-LABEL: func.func @tload(
// CHECK-SAME:      %[[P:[a-z0-9]+]]: !pto.partition_tensor_view<16x32xi8>, %[[T:[a-z0-9]+]]: !pto.tile_buf
// CHECK:         pto.tload ins(%[[P]] : !pto.partition_tensor_view<16x32xi8>) outs(%[[T]] : !pto.tile_buf<{{[^>]*}}>) {note}
// GENERIC:       "pto.tload"(%{{.*}}) <{operandSegmentSizes = array<i32: 1, 1, 0, 0, 0, 0>}> {note} : (!pto.partition_tensor_view<16x32xi8>, !pto.tile_buf<{{[^>]*}}>) -> ()
func.func @tload(%p: !pto.partition_tensor_view<16x32xi8>, %t: !pto.tile_buf<mat, 16x32xi8>) {
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xi8>) outs(%t : !pto.tile_buf<mat, 16x32xi8>) {note}
  func.return
}

// Window and valid part are compared where both are known, and only in two dimensions.
// CHECK-LABEL: func.func @tload_unknown(
// CHECK-COUNT-3: pto.tload
func.func @tload_unknown(
    %p: !pto.partition_tensor_view<?x32xi8>, %q: !pto.partition_tensor_view<16x32xi8>,
    %r: !pto.partition_tensor_view<1x1x1x8x32xi8>,
    %t: !pto.tile_buf<mat, 16x32xi8>, %u: !pto.tile_buf<mat, 16x32xi8, valid=?x32>) {
  pto.tload ins(%p : !pto.partition_tensor_view<?x32xi8>) outs(%t : !pto.tile_buf<mat, 16x32xi8>)
  pto.tload ins(%q : !pto.partition_tensor_view<16x32xi8>) outs(%u : !pto.tile_buf<mat, 16x32xi8, valid=?x32>)
  pto.tload ins(%r : !pto.partition_tensor_view<1x1x1x8x32xi8>) outs(%t : !pto.tile_buf<mat, 16x32xi8>)
  func.return
}

// CHECK-LABEL: func.func @tstore(
// CHECK:         pto.tstore ins(%{{.*}} : !pto.tile_buf<loc=vec, {{[^>]*}}>) outs(%{{.*}} : !pto.partition_tensor_view<16x32xf32>)
// CHECK:         pto.tstore ins(%{{.*}} : !pto.tile_buf<loc=acc, {{[^>]*}}>) outs(%{{.*}} : !pto.partition_tensor_view<16x32xbf16>) {note}
// GENERIC:       "pto.tstore"(%{{.*}}) <{{{.*}}}> : (!pto.tile_buf<{{[^>]*}}>, !pto.partition_tensor_view<16x32xf32>) -> ()
func.func @tstore(
    %t: !pto.tile_buf<vec, 16x32xf32>, %p: !pto.partition_tensor_view<16x32xf32>,
    %a: !pto.tile_buf<acc, 16x32xf32, fractal=1024>, %q: !pto.partition_tensor_view<16x32xbf16>) {
  pto.tstore ins(%t : !pto.tile_buf<vec, 16x32xf32>) outs(%p : !pto.partition_tensor_view<16x32xf32>)
  pto.tstore ins(%a : !pto.tile_buf<acc, 16x32xf32, fractal=1024>) outs(%q : !pto.partition_tensor_view<16x32xbf16>) {note}
  func.return
}

// CHECK-LABEL: func.func @tmov(
// CHECK-SAME:      %[[A:[a-z0-9]+]]: !pto.tile_buf<{{[^>]*}}>, %[[B:[a-z0-9]+]]: !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmov ins(%[[A]] : !pto.tile_buf<loc=mat, {{[^>]*}}>) outs(%[[B]] : !pto.tile_buf<loc=right, {{[^>]*}}>) {note}
// GENERIC:       "pto.tmov"(%{{.*}}) <{{{.*}}}> {note} : (!pto.tile_buf<loc=mat, {{[^>]*}}>, !pto.tile_buf<loc=right, {{[^>]*}}>) -> ()
func.func @tmov(%a: !pto.tile_buf<mat, 32x32xi8>, %b: !pto.tile_buf<right, 32x32xi8>) {
  pto.tmov ins(%a : !pto.tile_buf<mat, 32x32xi8>) outs(%b : !pto.tile_buf<right, 32x32xi8>) {note}
  func.return
}

// CHECK-LABEL: func.func @textract(
// CHECK-SAME:      %[[A:[a-z0-9]+]]: !pto.tile_buf<{{[^>]*}}>, %[[B:[a-z0-9]+]]: !pto.tile_buf<{{[^>]*}}>, %[[R:[a-z0-9]+]]: index)
// CHECK:         %[[C:[a-z0-9]+]] = arith.constant 32 : index
// CHECK:         pto.textract ins(%[[A]], %[[R]], %[[C]] : !pto.tile_buf<loc=mat, {{[^>]*}}>, index, index)
// CHECK-SAME:      outs(%[[B]] : !pto.tile_buf<loc=left, {{[^>]*}}>) {note}
// GENERIC:       "pto.textract"(%{{.*}}) {note} : (!pto.tile_buf<{{[^>]*}}>, index, index, !pto.tile_buf<{{[^>]*}}>) -> ()
func.func @textract(
    %a: !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>,
    %b: !pto.tile_buf<left, 16x32xi8, slayout=row_major>, %r: index) {
  %c = arith.constant 32 : index
  pto.textract ins(%a, %r, %c : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, index, index)
    outs(%b : !pto.tile_buf<left, 16x32xi8, slayout=row_major>) {note}
  func.return
}

// CHECK-LABEL: func.func @tmatmul(
// CHECK-SAME:      %[[L:[a-z0-9]+]]: !pto.tile_buf<{{[^>]*}}>, %[[R:[a-z0-9]+]]: !pto.tile_buf<{{[^>]*}}>, %[[A:[a-z0-9]+]]: !pto.tile_buf<{{[^>]*}}>)
// CHECK:         pto.tmatmul ins(%[[L]], %[[R]] : !pto.tile_buf<loc=left, {{[^>]*}}>, !pto.tile_buf<loc=right, {{[^>]*}}>)
// CHECK-SAME:      outs(%[[A]] : !pto.tile_buf<loc=acc, {{[^>]*}}>) {note}
// CHECK:         pto.tmatmul.acc ins(%[[A]], %[[L]], %[[R]] : !pto.tile_buf<loc=acc, {{[^>]*}}>, !pto.tile_buf<loc=left, {{[^>]*}}>,
// CHECK-SAME:      !pto.tile_buf<loc=right, {{[^>]*}}>) outs(%[[A]] : !pto.tile_buf<loc=acc, {{[^>]*}}>) {note}
// GENERIC:       "pto.tmatmul"(%{{.*}}) {note} : (!pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>, !pto.tile_buf<{{[^>]*}}>) -> ()
// GENERIC:       "pto.tmatmul.acc"(%{{.*}}) {note} : (!pto.tile_buf<loc=acc,
func.func @tmatmul(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>) {note}
  pto.tmatmul.acc ins(%a, %l, %r : !pto.tile_buf<acc, 16x16xi32>, !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>) {note}
  func.return
}

// CHECK-LABEL: func.func @flags(
// CHECK-SAME:      %[[I:[a-z0-9]+]]: index)
// CHECK:         pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID7>] {note}
// CHECK-NEXT:    pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %[[I]]]
// CHECK-NEXT:    pto.wait_flag_dyn[<PIPE_V>, <PIPE_MTE3>, %[[I]]] {note}
// GENERIC:       "pto.set_flag"() <{
// GENERIC-SAME:    src_pipe = #pto.pipe<PIPE_MTE2>
// GENERIC:       "pto.wait_flag"() <{
// GENERIC-SAME:    event_id = #pto.event<EVENT_ID7>
// GENERIC:       "pto.set_flag_dyn"(%{{.*}}) <{
// GENERIC-SAME:    dst_pipe = #pto.pipe<PIPE_FIX>
// GENERIC:       "pto.wait_flag_dyn"(%{{.*}}) <{
func.func @flags(%i: index) {
  pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
  pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID7>] {note}
  pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %i]
  pto.wait_flag_dyn[<PIPE_V>, <PIPE_MTE3>, %i] {note}
  func.return
}

// CHECK-LABEL: func.func @barrier
// CHECK:         pto.barrier <PIPE_ALL>
// CHECK-NEXT:    pto.barrier <PIPE_V> {note}
// GENERIC:       "pto.barrier"() <{pipe = #pto.pipe<PIPE_ALL>}> : () -> ()
func.func @barrier() {
  pto.barrier <PIPE_ALL>
  pto.barrier <PIPE_V> {note}
  func.return
}
