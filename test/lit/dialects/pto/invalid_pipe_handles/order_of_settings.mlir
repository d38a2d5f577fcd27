// RUN: pto-opt %s --verify-diagnostics

func.func @f(%g: !pto.ptr<f32>, %b: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{expected local_slot_num or flag_base or nosplit, in this order [TW0001]}}
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, nosplit = true, flag_base = 2} (%g : !pto.ptr<f32>, %b : i32) -> !pto.pipe
  func.return
}
