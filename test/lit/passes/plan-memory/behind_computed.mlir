// RUN: pto-opt %s -p plan-memory --verify-diagnostics

func.func @behind_computed(%at: i64) {
  %fixed = pto.alloc_tile addr = %at : !pto.tile_buf<vec, 8x64xf32>
  // expected-error@+2 {{there is no room in vec that is known to be free for %free [TW0212]}}
  // expected-note@+1 {{give every buffer of this memory an address, or none}}
  %free = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tmov ins(%fixed : !pto.tile_buf<vec, 8x64xf32>) outs(%free : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}
