// RUN: pto-opt %s --verify-diagnostics

func.func @in_mat(%a: !tile.tile<16x64xf32, mat>) {
  // expected-error@+1 {{tile.exp runs on the vector core: its tiles sit in vec, not in mat [TW0107]}}
  %c = tile.exp %a : !tile.tile<16x64xf32, mat> -> !tile.tile<16x64xf32, mat>
  func.return
}
