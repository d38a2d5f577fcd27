// RUN: pto-opt %s --verify-diagnostics

func.func @peer(%g: !pto.ptr<f32>, %l: i32) {
  // expected-error@+1 {{a pipe in both directions, and no other, has a second local address [TW0141]}}
  %p = pto.initialize_l2g2l_pipe {dir_mask = 3, slot_size = 64, slot_num = 8} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  func.return
}
