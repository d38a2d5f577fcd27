// RUN: pto-opt %s --verify-diagnostics

func.func @place(%g: !pto.ptr<f32>, %l: i32) {
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, local_slot_num = 8, flag_base = 0} (%g : !pto.ptr<f32>, %l : i32) -> !pto.pipe
  // expected-error@+1 {{pto.tfree belongs into a section or a function with pto.kernel_kind [TW0141]}}
  pto.tfree(%p : !pto.pipe) {split = 0}
  func.return
}
