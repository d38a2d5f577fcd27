// RUN: pto-opt %s --verify-diagnostics

func.func @vector_kernel(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = pto.reserve_buffer {name = "n", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 1024, slot_num = 8, local_slot_num = 8, flag_base = 4} (%g : !pto.ptr<f32>, %b : i32) -> !pto.pipe
  func.return
}

func.func @cube_kernel(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %b = pto.import_reserved_buffer {name = "n", peer_func = @vector_kernel} -> i32
  // expected-error@+1 {{flag_base = 2 here, 4 at the other end of the pipe [TW0156]}}
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 1024, slot_num = 8, local_slot_num = 8, flag_base = 2} (%g : !pto.ptr<f32>, %b : i32) -> !pto.pipe
  func.return
}
