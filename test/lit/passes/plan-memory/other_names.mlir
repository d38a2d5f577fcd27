// RUN: pto-opt %s -p plan-memory | filecheck %s

// A buffer lives on under another name, also behind a branch.
// CHECK-LABEL: func.func @other_names(
// CHECK-DAG:     %a_addr = arith.constant 0 : i64
// CHECK-DAG:     %b_addr = arith.constant 2048 : i64
// CHECK-DAG:     %c_addr = arith.constant 4096 : i64
func.func @other_names(%cond: i1) {
  %a = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  %b = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  %flat = pto.treshape %a : !pto.tile_buf<vec, 8x64xf32> -> !pto.tile_buf<vec, 4x128xf32>
  %t = scf.if %cond -> (!pto.tile_buf<vec, 8x64xf32>) {
    scf.yield %b : !pto.tile_buf<vec, 8x64xf32>
  } else {
    scf.yield %b : !pto.tile_buf<vec, 8x64xf32>
  }
  %c = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%c : !pto.tile_buf<vec, 8x64xf32>) outs(%c : !pto.tile_buf<vec, 8x64xf32>)
  pto.tmov ins(%flat : !pto.tile_buf<vec, 4x128xf32>) outs(%flat : !pto.tile_buf<vec, 4x128xf32>)
  pto.tmov ins(%t : !pto.tile_buf<vec, 8x64xf32>) outs(%t : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
