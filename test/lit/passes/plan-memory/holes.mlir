// RUN: pto-opt %s -p plan-memory | filecheck %s

// Small buffers lie in the bytes that others have left, at the next whole block.
// CHECK-LABEL: func.func @holes(
// CHECK:         %a_addr = arith.constant 0 : i64
func.func @holes() {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  %b = pto.alloc_tile : !pto.tile_buf<vec, 1x16xf32>
  %c = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%a : !pto.tile_buf<vec, 8x64xf32>) outs(%a : !pto.tile_buf<vec, 8x64xf32>)
  pto.tmov ins(%b : !pto.tile_buf<vec, 1x16xf32>) outs(%b : !pto.tile_buf<vec, 1x16xf32>)
  pto.tmov ins(%c : !pto.tile_buf<vec, 8x64xf32>) outs(%c : !pto.tile_buf<vec, 8x64xf32>)
  %d = pto.alloc_tile : !pto.tile_buf<vec, 1x16xf32>
  pto.tmov ins(%d : !pto.tile_buf<vec, 1x16xf32>) outs(%d : !pto.tile_buf<vec, 1x16xf32>)
  pto.tmov ins(%b : !pto.tile_buf<vec, 1x16xf32>) outs(%b : !pto.tile_buf<vec, 1x16xf32>)
  %e = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%e : !pto.tile_buf<vec, 8x64xf32>) outs(%e : !pto.tile_buf<vec, 8x64xf32>)
  pto.tmov ins(%d : !pto.tile_buf<vec, 1x16xf32>) outs(%d : !pto.tile_buf<vec, 1x16xf32>)
  pto.tmov ins(%c : !pto.tile_buf<vec, 8x64xf32>) outs(%c : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
