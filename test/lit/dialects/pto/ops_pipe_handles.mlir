// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @handles(
// CHECK:         pto.initialize_l2g2l_pipe {dir_mask = 3, slot_size = 1024, slot_num = 8, local_slot_num = 4, flag_base = 2, nosplit = false} (%g : !pto.ptr<f32>, %l : i32, %l : i32) {note} -> !pto.pipe
// CHECK:         pto.initialize_l2l_pipe {dir_mask = 1, slot_size = 1024, slot_num = 4, flag_base = 0} (%l : i32) -> !pto.pipe
// CHECK:         pto.declare_tile {note} -> !pto.tile_buf<{{[^>]*}}>
// CHECK:         pto.tpop(%t, %p : !pto.tile_buf<{{[^>]*}}>, !pto.pipe) {split = 1} {note}
// CHECK:         pto.tpush(%t, %p : !pto.tile_buf<{{[^>]*}}>, !pto.pipe) {split = 2}
// CHECK:         pto.tfree(%q : !pto.pipe) {split = 0} {note}
// GENERIC:       "pto.initialize_l2g2l_pipe"(%g, %l, %l) <{dir_mask = 3 : i8, slot_size = 1024 : i32, slot_num = 8 : i32, local_slot_num = 4 : i32, flag_base = 2 : i32, nosplit = false}>
// GENERIC:       "pto.initialize_l2l_pipe"(%l) <{dir_mask = 1 : i8, slot_size = 1024 : i32, slot_num = 4 : i32, flag_base = 0 : i32}>
// GENERIC:       "pto.declare_tile"()
// GENERIC:       "pto.tpop"(%t, %p) <{split = 1 : i8}>
// GENERIC:       "pto.tpush"(%t, %p) <{split = 2 : i8}>
// GENERIC:       "pto.tfree"(%q) <{split = 0 : i8}>
func.func @handles(%g: !pto.ptr<f32>, %l: i32) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %p = pto.initialize_l2g2l_pipe {dir_mask = 3, slot_size = 1024, slot_num = 8, local_slot_num = 4, flag_base = 2, nosplit = false} (%g : !pto.ptr<f32>, %l : i32, %l : i32) {note} -> !pto.pipe
  %q = pto.initialize_l2l_pipe {dir_mask = 1, slot_size = 1024, slot_num = 4, flag_base = 0} (%l : i32) -> !pto.pipe
  %t = pto.declare_tile {note} -> !pto.tile_buf<vec, 16x32xf32>
  pto.tpop(%t, %p : !pto.tile_buf<vec, 16x32xf32>, !pto.pipe) {split = 1} {note}
  pto.tpush(%t, %p : !pto.tile_buf<vec, 16x32xf32>, !pto.pipe) {split = 2}
  pto.tfree(%q : !pto.pipe) {split = 0} {note}
  func.return
}
