// RUN: pto-opt %s --verify-diagnostics

func.func @local_slots(%g: !pto.ptr<f32>, %l: i32) {
  // expected-error@+1 {{of 8 slots 1 to 8 are local, got 9 [TW0141]}}
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, local_slot_num = 9} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  func.return
}
