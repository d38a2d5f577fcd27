// RUN: pto-opt %s --verify-diagnostics

func.func @kernel(%g: !pto.ptr<f32>, %z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  // expected-error@+1 {{pto.aiv_initialize_pipe belongs into a function with pto.kernel_kind = #pto.kernel_kind<vector> [TW0141]}}
  pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 64} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %z : i32, v2c_consumer_buf = %z : i32)
  func.return
}
