// RUN: pto-opt %s --verify-diagnostics

func.func @load_needless_valid(%t: !tile.tensor<16x64xf32>, %i: index) {
  // expected-error@+1 {{a load of !tile.tile<16x64xf32> takes valid(%rows, %columns) exactly where the type leaves one open [TW0162]}}
  %v = tile.load %t[%i, %i] valid(%i, %i) : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}
