// RUN: pto-opt %s -p insert-sync --verify-diagnostics

func.func @unplanned(%p: !pto.ptr<i8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  // expected-error@+2 {{%a has no address, so it is not known what it overlaps [TW0309]}}
  // expected-note@+1 {{run plan-memory before insert-sync}}
  %a = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}
