// RUN: pto-opt %s --verify-diagnostics

func.func @vector_kernel(%g: !pto.ptr<f32>, %z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
  pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 1024, nosplit = true} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)
  func.return
}

func.func @cube_kernel(%g: !pto.ptr<f32>, %z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %b = pto.import_reserved_buffer {name = "n", peer_func = @vector_kernel} -> i32
  // expected-error@+1 {{nosplit = false here, nosplit = true at the other end of the pipe [TW0156]}}
  pto.aic_initialize_pipe {dir_mask = 1, slot_size = 1024, nosplit = false} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)
  func.return
}
