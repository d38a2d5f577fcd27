// RUN: pto-opt %s --verify-diagnostics

func.func @ttrans_types(
    %src: !pto.tile_buf<vec, 16x32xf16>, %tmp: !pto.tile_buf<vec, 16x32xf16>, %dst: !pto.tile_buf<vec, 32x16xbf16>) {
  // expected-error@+1 {{%src has elements of f16, %dst of bf16 [TW0110]}}
  pto.ttrans ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec, 16x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 32x16xbf16>)
  func.return
}
