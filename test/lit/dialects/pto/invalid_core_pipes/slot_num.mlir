// RUN: pto-opt %s --verify-diagnostics

func.func @slot_num(%g: !pto.ptr<f32>, %z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{a pipe has at least one slot, got 0 [TW0141]}}
  pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 64, slot_num = 0} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %z : i32, v2c_consumer_buf = %z : i32)
  func.return
}
