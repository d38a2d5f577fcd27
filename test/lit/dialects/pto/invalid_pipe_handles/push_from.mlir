// RUN: pto-opt %s --verify-diagnostics

func.func @push_from(
    %g: !pto.ptr<f32>, %l: i32, %t: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, local_slot_num = 8, flag_base = 0} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  // expected-error@+1 {{a tile is pushed from acc or vec, not from mat [TW0141]}}
  pto.tpush(%t, %p : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>, !pto.pipe) {split = 0}
  func.return
}
