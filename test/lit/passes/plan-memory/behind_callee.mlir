// RUN: pto-opt %s -p plan-memory | filecheck %s

// A caller's buffers survive the call: they lie behind everything that the callee uses.
// CHECK-LABEL: func.func @caller(
// CHECK:         %[[OWN:.*]] = arith.constant 2048 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[OWN]]
func.func @caller() attributes {pto.entry} {
  %own = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%own : !pto.tile_buf<vec, 8x64xf32>) outs(%own : !pto.tile_buf<vec, 8x64xf32>)
  func.call @callee() : () -> ()
  pto.tmov ins(%own : !pto.tile_buf<vec, 8x64xf32>) outs(%own : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
// CHECK-LABEL: func.func @callee(
// CHECK:         %[[INNER:.*]] = arith.constant 0 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[INNER]]
func.func @callee() {
  %inner = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%inner : !pto.tile_buf<vec, 8x64xf32>) outs(%inner : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
