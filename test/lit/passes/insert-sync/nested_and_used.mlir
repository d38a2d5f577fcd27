// RUN: pto-opt %s -p insert-sync --verify-diagnostics | filecheck %s

// Where the outer loop uses the buffer as well, they are raised anew each time. What the inner loop awaits at its end also
// keeps the next iteration of the outer one from writing too early: that needs no flag of its own.
// CHECK-LABEL: func.func @nested_and_used(
// CHECK:         scf.for
// CHECK-NEXT:      pto.tload
// CHECK-NOT:       pto.barrier
// CHECK:           pto.tmov
// CHECK-NEXT:      pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:      scf.for
// CHECK-NEXT:        pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK:           }
// CHECK-NEXT:      pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    }
// CHECK-NOT:     MTE2>, <EVENT_ID1>
func.func @nested_and_used(%p: !pto.ptr<i8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %a = pto.alloc_tile addr = %zero : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  scf.for %i = %c0 to %n step %c1 {
    pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    scf.for %j = %c0 to %n step %c1 {
      pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
      pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    }
  }
  func.return
}
