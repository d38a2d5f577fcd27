// RUN: pto-opt %s --verify-diagnostics

func.func @flag(%g: !pto.ptr<f32>, %l: i32) {
  // expected-error@+1 {{flag_base -1 is negative [TW0141]}}
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, local_slot_num = 8, flag_base = -1} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  func.return
}
