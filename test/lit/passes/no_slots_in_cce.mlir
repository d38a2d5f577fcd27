// RUN: pto-opt %s -t cce --verify-diagnostics

func.func @reserved() attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = pto.reserve_buffer {name = "n", size = 512, location = #pto.address_space<vec>, auto = true} -> i32
  // expected-error@+1 {{on a2a3, pto.aiv_initialize_pipe needs gm_slot_buffer: tiles go through global memory [TW0141]}}
  pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 64} (c2v_consumer_buf = %b : i32, v2c_consumer_buf = %b : i32)
  func.return
}

func.func @imported() attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %b = pto.import_reserved_buffer {name = "n", peer_func = @reserved} -> i32
  pto.aic_initialize_pipe {dir_mask = 1, slot_size = 64} (c2v_consumer_buf = %b : i32, v2c_consumer_buf = %b : i32)
  func.return
}
