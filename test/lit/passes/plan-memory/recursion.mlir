// RUN: pto-opt %s -p plan-memory | filecheck %s

// Functions that call each other are planned all the same: nothing can run them.
// CHECK-LABEL: func.func @odd(
// CHECK:         arith.constant 2048 : i64
// CHECK-LABEL: func.func @even(
// CHECK:         arith.constant 0 : i64
func.func @odd() {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.call @even() : () -> ()
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
func.func @even() {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.call @odd() : () -> ()
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
