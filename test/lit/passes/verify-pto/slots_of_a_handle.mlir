// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @f(%gm: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %room = pto.reserve_buffer {name = "room", size = 4096, location = #pto.address_space<vec>, auto = true} -> i32
  // expected-error@+1 {{8 slots of 1024 bytes need 8192, reserved are 4096 [TW0154]}}
  %pipe = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 1024, slot_num = 8} (%gm : !pto.ptr<f32>, %room : i32) -> !pto.pipe
  func.return
}

func.func @g(%gm: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %room = pto.import_reserved_buffer {name = "room", peer_func = @f} -> i32
  %pipe = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 1024, slot_num = 8} (%gm : !pto.ptr<f32>, %room : i32) -> !pto.pipe
  func.return
}
