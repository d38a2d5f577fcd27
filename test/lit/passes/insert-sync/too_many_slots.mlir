// RUN: pto-opt %s -p insert-sync --verify-diagnostics

// expected-error@+2 {{PIPE_MTE1 to PIPE_MTE2 needs 9 event ids, and there are 8 [TW0308]}}
// expected-note@+1 {{use fewer slots: each slot of a ring takes one event id}}
func.func @too_many_slots(%p: !pto.ptr<i8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %c9 = arith.constant 9 : index
  %ring = pto.alloc_multi_tile addr = %zero : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=9>
  scf.for %i = %c0 to %n step %c1 {
    %slot = arith.remui %i, %c9 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=9> -> !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
    pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}
