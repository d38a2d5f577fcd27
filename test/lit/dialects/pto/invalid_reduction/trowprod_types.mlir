// RUN: pto-opt %s --verify-diagnostics

func.func @trowprod_types(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x1xi32, blayout=col_major>) {
  // expected-error@+1 {{%src has elements of f32, %dst of i32 [TW0110]}}
  pto.trowprod ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xi32, blayout=col_major>)
  func.return
}
