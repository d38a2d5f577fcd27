// RUN: pto-opt %s -p insert-sync --split-input-file --verify-diagnostics | filecheck %s

// One flag from each pipe to the next; the accumulation waits for nothing that its pipe has done itself.
// CHECK-LABEL: func.func @straight(
// CHECK:         pto.tload
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tmov
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE1>, <PIPE_M>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE1>, <PIPE_M>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tmatmul ins
// CHECK-NEXT:    pto.tmatmul.acc
// CHECK-NOT:     flag
// CHECK:         func.return
func.func @straight(%p: !pto.ptr<i8>) {
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
  %r = pto.alloc_tile addr = %zero : !pto.tile_buf<right, 64x64xi8, slayout=col_major>
  %x = pto.alloc_tile addr = %zero : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x64xi8, slayout=row_major>, !pto.tile_buf<right, 64x64xi8, slayout=col_major>) outs(%x : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  pto.tmatmul.acc ins(%x, %l, %r : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<left, 16x64xi8, slayout=row_major>, !pto.tile_buf<right, 64x64xi8, slayout=col_major>) outs(%x : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}

// -----

// A ring: an event id for each slot, raised before the loop and awaited after it; within it, numbered like the slot.
// CHECK-LABEL: func.func @ring(
// CHECK:         pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID1>]
// CHECK:         scf.for
// CHECK:           %[[SLOT:.*]] = arith.remui
// CHECK:           pto.wait_flag_dyn[<PIPE_MTE1>, <PIPE_MTE2>, %[[SLOT]]]
// CHECK-NEXT:      pto.tload
// CHECK-NEXT:      pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %[[SLOT]]]
// CHECK-NEXT:      pto.wait_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %[[SLOT]]]
// CHECK-NEXT:      pto.tmov
// CHECK-NEXT:      pto.set_flag_dyn[<PIPE_MTE1>, <PIPE_MTE2>, %[[SLOT]]]
// CHECK-NEXT:    }
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID1>]
// CHECK-NEXT:    func.return
func.func @ring(%p: !pto.ptr<i8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile addr = %zero : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=2>
  scf.for %i = %c0 to %n step %c1 {
    %slot = arith.remui %i, %c2 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
    pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}

// -----

// Slots that follow from more than the loop: all accesses count as accesses to all slots, one event id serves them.
// CHECK-LABEL: func.func @unknown_slot(
// CHECK:         pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    scf.for
// CHECK:           pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:      pto.tload
// CHECK-NEXT:      pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
// CHECK-NEXT:      pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
// CHECK-NEXT:      pto.tmov
// CHECK-NEXT:      pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
func.func @unknown_slot(%p: !pto.ptr<i8>, %n: index, %slot: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile addr = %zero : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=2>
  scf.for %i = %c0 to %n step %c1 {
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
    pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}

// -----

// Two buffers at overlapping addresses are one object: the second load waits for the first move.
// CHECK-LABEL: func.func @overlap(
// CHECK:         pto.tload
// CHECK:         pto.tmov
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tload
func.func @overlap(%p: !pto.ptr<i8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %half = arith.constant 512 : i64
  %a = pto.alloc_tile addr = %zero : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %b = pto.alloc_tile addr = %half : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%b : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%b : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}

// -----

// What is stored to global memory is loaded after it was stored.
// CHECK-LABEL: func.func @through_global_memory(
// CHECK:         pto.tstore
// CHECK-NEXT:    pto.set_flag[<PIPE_FIX>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_FIX>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tload
func.func @through_global_memory(%p: !pto.ptr<bf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %x = pto.alloc_tile addr = %zero : !pto.tile_buf<acc, 16x64xf32, blayout=col_major, slayout=row_major, fractal=1024>
  %a = pto.alloc_tile addr = %zero : !pto.tile_buf<mat, 16x64xbf16, blayout=col_major, slayout=row_major>
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xbf16>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64]
    : !pto.tensor_view<?x?xbf16> -> !pto.partition_tensor_view<16x64xbf16>
  pto.tstore ins(%x : !pto.tile_buf<acc, 16x64xf32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%gm : !pto.partition_tensor_view<16x64xbf16>)
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xbf16>)
    outs(%a : !pto.tile_buf<mat, 16x64xbf16, blayout=col_major, slayout=row_major>)
  func.return
}

// -----

// Flags of an inner loop that is entered again are raised once, before the outermost loop.
// CHECK-LABEL: func.func @nested(
// CHECK:         pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    scf.for
// CHECK-NEXT:      scf.for
// CHECK-NEXT:        pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK:             pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:      }
// CHECK-NEXT:    }
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
func.func @nested(%p: !pto.ptr<i8>, %n: index) {
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
    scf.for %j = %c0 to %n step %c1 {
      pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
      pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    }
  }
  func.return
}

// -----

// Where the outer loop uses the buffer as well, they are raised anew each time, and all pipes meet before that.
// CHECK-LABEL: func.func @nested_and_used(
// CHECK:         scf.for
// CHECK:           pto.barrier <PIPE_ALL>
// CHECK-NEXT:      pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID[[ID:.*]]>]
// CHECK:           scf.for
// CHECK:           }
// CHECK-NEXT:      pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID[[ID]]>]
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

// -----

// A function that has flags or barriers already is left alone.
// CHECK-LABEL: func.func @synchronised(
// CHECK-NOT:     flag
// CHECK:         pto.barrier <PIPE_ALL>
// CHECK-NOT:     flag
// CHECK:         func.return
func.func @synchronised(%p: !pto.ptr<i8>) {
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
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.barrier <PIPE_ALL>
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}

// -----

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
  // expected-error@+2 {{%a has no constant address, so it is not known what it overlaps [TW0309]}}
  // expected-note@+1 {{run plan-memory before insert-sync}}
  %a = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}

// -----

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

// -----

// Two loops with five slots each: the second uses the ids of the first, after a barrier.
// CHECK-LABEL: func.func @ids_again(
// CHECK:         scf.for
// CHECK:         pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID4>]
// CHECK:         pto.barrier <PIPE_ALL>
// CHECK-NOT:     pto.barrier
// CHECK:         pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID4>]
// CHECK-NEXT:    scf.for
// expected-remark@+2 {{PIPE_MTE1 to PIPE_MTE2 would take 10 event ids, and there are 8}}
// expected-remark@+1 {{PIPE_MTE2 to PIPE_MTE1 would take 10 event ids, and there are 8}}
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
