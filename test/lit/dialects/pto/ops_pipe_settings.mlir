// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s

// Each setting may be left out.
// CHECK-LABEL: func.func @f(
// CHECK:         pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, flag_base = 2} (
// CHECK:         pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, local_slot_num = 3, flag_base = 4, nosplit = true} (
// CHECK:         pto.initialize_l2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, flag_base = 6, nosplit = true} (
func.func @f(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = arith.constant 0 : i32
  %p = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, flag_base = 2} (%g : !pto.ptr<f32>, %b : i32) -> !pto.pipe
  %q = pto.initialize_l2g2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, local_slot_num = 3, flag_base = 4, nosplit = true} (%g : !pto.ptr<f32>, %b : i32) -> !pto.pipe
  %r = pto.initialize_l2l_pipe {dir_mask = 1, slot_size = 64, slot_num = 8, flag_base = 6, nosplit = true} (%b : i32) -> !pto.pipe
  func.return
}
