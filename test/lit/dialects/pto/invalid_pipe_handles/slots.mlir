// RUN: pto-opt %s --verify-diagnostics

func.func @slots(%g: !pto.ptr<f32>, %l: i32) {
  // expected-error@+1 {{a pipe has 4 or 8 slots, got 5 [TW0141]}}
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 5} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  func.return
}
