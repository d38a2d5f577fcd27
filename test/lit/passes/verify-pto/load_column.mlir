// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @load_column(%p: !pto.ptr<f32>, %t: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) {
  %z = arith.constant 0 : index
  %o = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %s = arith.constant 8 : index
  %v = pto.make_tensor_view %p, shape = [%c16, %o], strides = [%s, %o] {layout = #pto.layout<nd>} : !pto.tensor_view<16x1xf32>
  %w = pto.partition_view %v, offsets = [%z, %z], sizes = [%c16, %o] : !pto.tensor_view<16x1xf32> -> !pto.partition_tensor_view<16x1xf32>
  // expected-error@+1 {{a load into vec does not go from nd to dn [TW0152]}}
  pto.tload ins(%w : !pto.partition_tensor_view<16x1xf32>) outs(%t : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  func.return
}
