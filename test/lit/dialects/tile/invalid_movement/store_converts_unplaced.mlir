// RUN: pto-opt %s --verify-diagnostics

func.func @store_converts_unplaced(%a: !tile.tile<16x32xf16>, %t: !tile.tensor<16x32xf32>, %i: index) {
  // expected-error@+1 {{the path from acc to gm does not take f16 to f32 [TW0108]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xf16>, !tile.tensor<16x32xf32>
  func.return
}
