// RUN: pto-opt %s -p plan-memory | filecheck %s

// What does not fit otherwise reaches into the part of Vec that the runtime uses.
// CHECK-LABEL: func.func @into_the_runtime(
// CHECK:         arith.constant 0 : i64
func.func @into_the_runtime() {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 93x512xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 93x512xf32>) outs(%a : !pto.tile_buf<vec, 93x512xf32>)
  func.return
}
