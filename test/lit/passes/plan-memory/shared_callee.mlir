// RUN: pto-opt %s -p plan-memory | filecheck %s

// A function that two call lies before both, and each of them before its own caller.
// CHECK-LABEL: func.func @top(
// CHECK:         arith.constant 6144 : i64
// CHECK-LABEL: func.func @one(
// CHECK:         arith.constant 4096 : i64
// CHECK-LABEL: func.func @two(
// CHECK:         arith.constant 2048 : i64
// CHECK-LABEL: func.func @leaf(
// CHECK:         arith.constant 0 : i64
func.func @top() attributes {pto.entry} {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.call @one() : () -> ()
  func.call @two() : () -> ()
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
func.func @one() {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.call @two() : () -> ()
  func.call @leaf() : () -> ()
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
func.func @two() {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.call @leaf() : () -> ()
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
func.func @leaf() {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
