// RUN: pto-opt %s --verify-diagnostics

func.func @view_outside(%t: !tile.tensor<4x64xf32>, %i: index) {
  // expected-error@+1 {{0 to 8 lies outside of %t: dimension 0 has 4 [TW0106]}}
  %v = tile.view %t[%i, %i] : !tile.tensor<4x64xf32> -> !tile.tensor<8x64xf32>
  func.return
}
