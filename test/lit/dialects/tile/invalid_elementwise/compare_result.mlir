// RUN: pto-opt %s --verify-diagnostics

func.func @compare_result(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{a comparison makes a tile of i1, not of i8 [TW0108]}}
  %c = tile.compare lt %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xi8>
  func.return
}
