// RUN: pto-opt %s --verify-diagnostics

func.func @direction(%g: !pto.ptr<f32>, %z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{dir_mask is 1 (to vector), 2 (to cube) or 3 (both), got 4 [TW0141]}}
  pto.aiv_initialize_pipe {dir_mask = 4, slot_size = 64} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %z : i32, v2c_consumer_buf = %z : i32)
  func.return
}
