// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @store_layout(
    %p: !pto.ptr<f32>, %a: !pto.tile_buf<acc, 32x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {
  %z = arith.constant 0 : index
  %o = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %s = arith.constant 32 : index
  %v = pto.make_tensor_view %p, shape = [%c32, %c32], strides = [%o, %s] {layout = #pto.layout<dn>} : !pto.tensor_view<32x32xf32>
  %w = pto.partition_view %v, offsets = [%z, %z], sizes = [%c32, %c32] : !pto.tensor_view<32x32xf32> -> !pto.partition_tensor_view<32x32xf32>
  // expected-error@+1 {{a store from acc does not go to dn [TW0152]}}
  pto.tstore ins(%a : !pto.tile_buf<acc, 32x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%w : !pto.partition_tensor_view<32x32xf32>)
  func.return
}
