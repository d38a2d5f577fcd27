// RUN: pto-opt %s --verify-diagnostics

func.func @subset_sizes(%t: !pto.tile_buf<vec, 16x32xf32>, %i: index) {
  // expected-error@+1 {{a part of a tile has two sizes, got 1 [TW0106]}}
  %u = "pto.subset"(%t, %i, %i) <{sizes = [8]}> : (!pto.tile_buf<vec, 16x32xf32>, index, index) -> !pto.tile_buf<vec, 16x32xf32>
  func.return
}
