// RUN: pto-opt %s -p insert-sync | filecheck %s

// Nothing is known of where the parts of a tensor lie that a function is given.
// CHECK-LABEL: func.func @given(
// CHECK:         pto.tstore
// CHECK-NEXT:    pto.barrier <PIPE_MTE3>
// CHECK-NEXT:    pto.tstore
func.func @given(%one: !pto.partition_tensor_view<8x64xf32>, %view: !pto.tensor_view<?x?xf32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x64xf32>
  %first = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %second = pto.partition_view %view, offsets = [%c8, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%one : !pto.partition_tensor_view<8x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%one : !pto.partition_tensor_view<8x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%first : !pto.partition_tensor_view<8x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%second : !pto.partition_tensor_view<8x64xf32>)
  func.return
}
// The first argument is a number.
// CHECK-LABEL: func.func @row(
// CHECK:         pto.tstore
// CHECK-NEXT:    pto.barrier <PIPE_MTE3>
// CHECK-NEXT:    pto.tstore
func.func @row(%row: index, %p: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x64xf32>
  %view = pto.make_tensor_view %p, shape = [%c64, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %first = pto.partition_view %view, offsets = [%row, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %second = pto.partition_view %view, offsets = [%c8, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%first : !pto.partition_tensor_view<8x64xf32>)
  pto.tstore ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%second : !pto.partition_tensor_view<8x64xf32>)
  func.return
}
