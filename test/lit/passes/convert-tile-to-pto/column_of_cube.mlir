// RUN: pto-opt %s -p a2a3 | filecheck %s

// Weights of one column, and a sum of one column: in fractals a column stays a column, only in Vec it is taken as a row.
// CHECK-LABEL: func.func @kernel(
// CHECK-NOT:     pto.treshape
// CHECK:         pto.tload ins(%{{.*}} : !pto.partition_tensor_view<32x1xf32>) outs(%{{.*}} : !pto.tile_buf<loc=mat, dtype=f32, rows=32, cols=16, v_row=32, v_col=1,
// CHECK-NOT:     pto.treshape
// CHECK:         pto.tstore ins(%{{.*}}) outs(%{{.*}} : !pto.partition_tensor_view<27x1xf16>)
func.func @kernel(%x: !tile.tensor<27x32xf32>, %w: !tile.tensor<32x1xf32>, %y: !tile.tensor<27x1xf16>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<27x32xf32> -> !tile.tile<32x32xf32, valid = 27x32>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<32x1xf32> -> !tile.tile<32x32xf32, valid = 32x1>
  %sum = tile.matmul %a, %b : !tile.tile<32x32xf32, valid = 27x32>, !tile.tile<32x32xf32, valid = 32x1> -> !tile.tile<32x32xf32, valid = 27x1>
  tile.store %sum, %y[%c0, %c0] : !tile.tile<32x32xf32, valid = 27x1>, !tile.tensor<27x1xf16>
  func.return
}
