// RUN: pto-opt %s --verify-diagnostics

func.func @no_slots(%z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{on a2a3, pto.aiv_initialize_pipe needs gm_slot_buffer: tiles go through global memory [TW0141]}}
  pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 64} (c2v_consumer_buf = %z : i32, v2c_consumer_buf = %z : i32)
  func.return
}
