// RUN: pto-opt %s --verify-diagnostics

func.func @one_end(%g: !pto.ptr<f32>, %z: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
  // expected-error@+1 {{room "n" of @one_end has 1 end of a pipe, it needs two: one in @one_end, one in a function that imports it [TW0157]}}
  pto.aiv_initialize_pipe {dir_mask = 1, slot_size = 1024} (gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)
  func.return
}
