// RUN: pto-opt %s -p insert-sync --verify-diagnostics | filecheck %s

// Two loops with five slots each: the second uses the ids of the first, after a barrier.
// CHECK-LABEL: func.func @ids_again(
// CHECK:         scf.for
// CHECK:         pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID4>]
// CHECK:         pto.barrier <PIPE_ALL>
// CHECK-NOT:     pto.barrier
// CHECK:         pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID4>]
// CHECK-NEXT:    scf.for
// expected-remark@+1 {{PIPE_MTE1 to PIPE_MTE2 would take 10 event ids, and there are 8}}
func.func @ids_again(%p: !pto.ptr<i8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %c5 = arith.constant 5 : index
  %far = arith.constant 65536 : i64
  %ring = pto.alloc_multi_tile addr = %zero : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=5>
  %second = pto.alloc_multi_tile addr = %far : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=5>
  scf.for %i = %c0 to %n step %c1 {
    %slot = arith.remui %i, %c5 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=5> -> !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
    pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  scf.for %i = %c0 to %n step %c1 {
    %slot = arith.remui %i, %c5 : index
    %a = pto.multi_tile_get %second[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=5> -> !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
    pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}
