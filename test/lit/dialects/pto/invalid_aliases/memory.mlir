// RUN: pto-opt %s --verify-diagnostics

func.func @memory(%t: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.treshape stays in vec, the result is in mat [TW0144]}}
  %u = pto.treshape %t : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<mat, 16x32xf32>
  func.return
}
