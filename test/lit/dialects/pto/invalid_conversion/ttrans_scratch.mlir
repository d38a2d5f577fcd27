// RUN: pto-opt %s --verify-diagnostics

func.func @ttrans_scratch(
    %src: !pto.tile_buf<vec, 16x32xf16>, %tmp: !pto.tile_buf<vec, 16x32xbf16>, %dst: !pto.tile_buf<vec, 32x16xf16>) {
  // expected-error@+1 {{%src has elements of f16, %tmp of bf16 [TW0110]}}
  pto.ttrans ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec, 16x32xbf16>)
      outs(%dst : !pto.tile_buf<vec, 32x16xf16>)
  func.return
}
