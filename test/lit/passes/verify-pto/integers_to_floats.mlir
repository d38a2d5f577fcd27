// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @integers_to_floats(
    %a: !pto.tile_buf<acc, 16x32xi32, blayout=col_major, slayout=row_major, fractal=1024>,
    %p: !pto.partition_tensor_view<16x32xbf16>) {
  // expected-error@+1 {{a store from acc does not convert i32 to bf16: what arrives has no meaning [TW0153]}}
  pto.tstore ins(%a : !pto.tile_buf<acc, 16x32xi32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%p : !pto.partition_tensor_view<16x32xbf16>)
  func.return
}
