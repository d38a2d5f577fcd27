// RUN: pto-opt %s --verify-diagnostics

func.func @negative_id(%g: !pto.ptr<f32>, %z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{the id of a pipe is not negative, got -1 [TW0141]}}
  pto.aiv_initialize_pipe {id = -1, dir_mask = 1, slot_size = 64} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %z : i32, v2c_consumer_buf = %z : i32)
  func.return
}
