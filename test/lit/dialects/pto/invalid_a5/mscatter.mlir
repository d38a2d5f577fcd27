// RUN: pto-opt %s --verify-diagnostics

func.func @mscatter(
    %src: !pto.tile_buf<vec, 16x32xf32>, %idx: !pto.tile_buf<vec, 16x32xi32>,
    %mem: !pto.partition_tensor_view<16x32xf32>) {
  // expected-error@+1 {{pto.mscatter exists only on A5; this program is for a2a3 [TW0123]}}
  pto.mscatter ins(%src, %idx : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%mem : !pto.partition_tensor_view<16x32xf32>) {scatterAtomicOp = #pto<scatter_atomic_op add>, scatterOob = #pto<scatter_oob skip>}
  func.return
}
