// RUN: pto-opt %s --verify-diagnostics

func.func @mgather(
    %mem: !pto.partition_tensor_view<16x32xf32>, %idx: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.mgather exists only on A5; this program is for a2a3 [TW0123]}}
  pto.mgather ins(%mem, %idx : !pto.partition_tensor_view<16x32xf32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>) {gatherOob = #pto<gather_oob clamp>}
  func.return
}
