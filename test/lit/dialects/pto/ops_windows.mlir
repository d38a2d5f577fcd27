// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s

// Some instructions take windows of global memory in place of tiles.
// CHECK-LABEL: func.func @windows(
// CHECK:         pto.taddc ins(%t, %t, %w : {{.*}}, !pto.partition_tensor_view<16x32xf32>) outs(%t
// CHECK:         pto.tsubsc ins(%w, %x, %t : !pto.partition_tensor_view<16x32xf32>, f32,
// CHECK:         pto.tpartadd ins(%w, %t :
// CHECK:         pto.tcolexpandadd ins(%t, %w :
// CHECK:         pto.tfillpad ins(%t : {{.*}}) outs(%w : !pto.partition_tensor_view<16x32xf32>)
// CHECK:         pto.tsetval ins(%i, %x : index, f32) outs(%w : !pto.partition_tensor_view<16x32xf32>)
func.func @windows(%t: !pto.tile_buf<vec, 16x32xf32>, %w: !pto.partition_tensor_view<16x32xf32>, %i: index, %x: f32) {
  pto.taddc ins(%t, %t, %w : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>,
    !pto.partition_tensor_view<16x32xf32>) outs(%t : !pto.tile_buf<vec, 16x32xf32>)
  pto.tsubsc ins(%w, %x, %t : !pto.partition_tensor_view<16x32xf32>, f32, !pto.tile_buf<vec, 16x32xf32>)
    outs(%t : !pto.tile_buf<vec, 16x32xf32>)
  pto.tpartadd ins(%w, %t : !pto.partition_tensor_view<16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
    outs(%t : !pto.tile_buf<vec, 16x32xf32>)
  pto.tcolexpandadd ins(%t, %w : !pto.tile_buf<vec, 16x32xf32>, !pto.partition_tensor_view<16x32xf32>)
    outs(%t : !pto.tile_buf<vec, 16x32xf32>)
  pto.tfillpad ins(%t : !pto.tile_buf<vec, 16x32xf32>) outs(%w : !pto.partition_tensor_view<16x32xf32>)
  pto.tsetval ins(%i, %x : index, f32) outs(%w : !pto.partition_tensor_view<16x32xf32>)
  func.return
}
