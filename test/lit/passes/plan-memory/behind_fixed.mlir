// RUN: pto-opt %s -p plan-memory | filecheck %s

// A buffer without an address comes behind those that have one.
// CHECK-LABEL: func.func @behind_fixed(
// CHECK:         %[[FREE:.*]] = arith.constant 4096 : i64
// CHECK-NEXT:    pto.alloc_tile addr = %[[FREE]]
func.func @behind_fixed() {
  %at = arith.constant 2048 : i64
  %fixed = pto.alloc_tile addr = %at : !pto.tile_buf<vec, 8x64xf32>
  %free = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%fixed : !pto.tile_buf<vec, 8x64xf32>) outs(%free : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
