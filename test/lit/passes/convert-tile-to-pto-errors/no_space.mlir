// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @no_space(%t: !tile.tensor<16x64xi8>, %n: index) {
  // expected-error@+2 {{%a has no space yet [TW0304]}}
  // expected-note@+1 {{run plan-matmul and lower-matmul first, or write its space}}
  %a = tile.load %t[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8>
  func.return
}
