// RUN: pto-opt %s -p insert-sync | filecheck %s

// The sections of a function are programs of two cores: no flag goes from one to the other.
// CHECK-LABEL: func.func @sections(
// CHECK:         pto.section.cube {
// CHECK:           pto.tload
// CHECK-NEXT:    }
// CHECK-NEXT:    pto.section.vector {
// CHECK:           pto.tload
// CHECK-NEXT:      pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
// CHECK-NEXT:      pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
// CHECK-NEXT:      pto.texp
// CHECK-NEXT:    }
func.func @sections(%p: !pto.ptr<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %b0 = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c16], strides = [%c16, %c1] : !pto.tensor_view<?x?xf32>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c16] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<16x16xf32>
  pto.section.cube {
    %m = pto.alloc_tile addr = %b0 : !pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>
    pto.tload ins(%gm : !pto.partition_tensor_view<16x16xf32>) outs(%m : !pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>)
  }
  pto.section.vector {
    %x = pto.alloc_tile addr = %b0 : !pto.tile_buf<vec, 16x16xf32>
    pto.tload ins(%gm : !pto.partition_tensor_view<16x16xf32>) outs(%x : !pto.tile_buf<vec, 16x16xf32>)
    pto.texp ins(%x : !pto.tile_buf<vec, 16x16xf32>) outs(%x : !pto.tile_buf<vec, 16x16xf32>)
  }
  func.return
}
