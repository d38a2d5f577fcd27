// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @load_layout(%p: !pto.ptr<f16>, %t: !pto.tile_buf<mat, 32x32xf16, blayout=col_major, slayout=row_major>) {
  %z = arith.constant 0 : index
  %o = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %s = arith.constant 32 : index
  %v = pto.make_tensor_view %p, shape = [%c32, %c32], strides = [%o, %s] {layout = #pto.layout<dn>} : !pto.tensor_view<32x32xf16>
  %w = pto.partition_view %v, offsets = [%z, %z], sizes = [%c32, %c32] : !pto.tensor_view<32x32xf16> -> !pto.partition_tensor_view<32x32xf16>
  // expected-error@+1 {{a load into mat does not go from dn to nz [TW0152]}}
  pto.tload ins(%w : !pto.partition_tensor_view<32x32xf16>)
    outs(%t : !pto.tile_buf<mat, 32x32xf16, blayout=col_major, slayout=row_major>)
  func.return
}
