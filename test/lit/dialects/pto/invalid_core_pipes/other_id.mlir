// RUN: pto-opt %s --verify-diagnostics

func.func @vector(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = pto.reserve_buffer {name = "n", size = 512, location = #pto.address_space<vec>, auto = true} -> i32
  pto.aiv_initialize_pipe {id = 2, dir_mask = 1, slot_size = 64} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %b : i32)
  // expected-error@+1 {{pto.tfree_from_aic works on pipe 1, but the function sets up pipe 2 [TW0158]}}
  pto.tfree_from_aic {id = 1, split = 0}
  func.return
}

func.func @cube(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %b = pto.import_reserved_buffer {name = "n", peer_func = @vector} -> i32
  pto.aic_initialize_pipe {id = 2, dir_mask = 1, slot_size = 64} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %b : i32)
  func.return
}
