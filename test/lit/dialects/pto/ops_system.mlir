// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @system(
// CHECK:         pto.get_block_idx
// CHECK:         pto.get_block_num
// CHECK:         pto.get_subblock_idx
// CHECK:         pto.get_subblock_num {note}
// CHECK:         pto.print ins("x %d", %x : i32) {note}
// CHECK:         pto.trap
// CHECK:         pto.section.cube {
// CHECK:         pto.barrier <PIPE_M>
// CHECK:         pto.section.vector {
// GENERIC:       "pto.get_block_idx"()
// GENERIC:       "pto.get_block_num"()
// GENERIC:       "pto.get_subblock_idx"()
// GENERIC:       "pto.get_subblock_num"()
// GENERIC:       "pto.print"(%x) <{format = "x %d"}>
// GENERIC:       "pto.trap"()
// GENERIC:       "pto.section.cube"()
// GENERIC:       "pto.barrier"() <{pipe = #pto.pipe<PIPE_M>}>
// GENERIC:       "pto.section.vector"()
func.func @system(%x: i32) {
  %a = pto.get_block_idx
  %b = pto.get_block_num
  %c = pto.get_subblock_idx
  %d = pto.get_subblock_num {note}
  pto.print ins("x %d", %x : i32) {note}
  pto.trap
  pto.section.cube {
    pto.barrier <PIPE_M>
  }
  pto.section.vector {
  } {note}
  func.return
}
