// RUN: pto-opt %s -p insert-sync | filecheck %s

// What no flag orders, a while loop and a call, begins behind a barrier in each section, and so do the sections.
// CHECK-LABEL: func.func @sections(
// CHECK:         pto.section.cube {
// CHECK-NEXT:      pto.barrier <PIPE_ALL>
// CHECK:           scf.while
// CHECK-NEXT:        pto.barrier <PIPE_ALL>
// CHECK:         pto.section.vector {
// CHECK-NEXT:      pto.barrier <PIPE_ALL>
// CHECK:           pto.barrier <PIPE_ALL>
// CHECK-NEXT:      func.call @more(
// CHECK-NEXT:      pto.barrier <PIPE_ALL>
func.func @more(%gm: !pto.partition_tensor_view<16x16xf32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b0 = arith.constant 0 : i64
  %x = pto.alloc_tile addr = %b0 : !pto.tile_buf<vec, 16x16xf32>
  pto.tload ins(%gm : !pto.partition_tensor_view<16x16xf32>) outs(%x : !pto.tile_buf<vec, 16x16xf32>)
  func.return
}
func.func @sections(%p: !pto.ptr<f32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %b0 = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c16], strides = [%c16, %c1] : !pto.tensor_view<?x?xf32>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c16] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<16x16xf32>
  pto.section.cube {
    %m = pto.alloc_tile addr = %b0 : !pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>
    %l = pto.alloc_tile addr = %b0 : !pto.tile_buf<left, 16x16xf32, blayout=row_major, slayout=row_major>
    %turns = scf.while (%i = %c0) : (index) -> (index) {
      %more = arith.cmpi ult, %i, %n : index
      scf.condition(%more) %i : index
    } do {
    ^bb0(%i: index):
      pto.tload ins(%gm : !pto.partition_tensor_view<16x16xf32>) outs(%m : !pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>)
      pto.tmov ins(%m : !pto.tile_buf<mat, 16x16xf32, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x16xf32, blayout=row_major, slayout=row_major>)
      %next = arith.addi %i, %c1 : index
      scf.yield %next : index
    }
  }
  pto.section.vector {
    %x = pto.alloc_tile addr = %b0 : !pto.tile_buf<vec, 16x16xf32>
    pto.texp ins(%x : !pto.tile_buf<vec, 16x16xf32>) outs(%x : !pto.tile_buf<vec, 16x16xf32>)
    func.call @more(%gm) : (!pto.partition_tensor_view<16x16xf32>) -> ()
    pto.texp ins(%x : !pto.tile_buf<vec, 16x16xf32>) outs(%x : !pto.tile_buf<vec, 16x16xf32>)
  }
  func.return
}
