// RUN: pto-opt %s --verify-diagnostics

func.func @subset_type(%t: !pto.tile_buf<vec, 16x32xf32>, %i: index) {
  // expected-error@+1 {{the part is a !pto.tile_buf<loc=vec,}}
  %u = "pto.subset"(%t, %i, %i) <{sizes = [8, 16]}> : (!pto.tile_buf<vec, 16x32xf32>, index, index) -> !pto.tile_buf<vec, 16x32xf32>
  func.return
}
