// RUN: pto-opt %s --verify-diagnostics

func.func @pop_into(
    %g: !pto.ptr<f32>, %l: i32,
    %t: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, local_slot_num = 8, flag_base = 0} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  // expected-error@+1 {{a tile is popped into vec or mat, not into acc [TW0141]}}
  pto.tpop(%t, %p : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.pipe) {split = 0}
  func.return
}
