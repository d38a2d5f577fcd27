// RUN: pto-opt %s --verify-diagnostics

func.func @extract_from_acc(%a: !tile.tile<16x64xf32, acc>, %i: index) {
  // expected-error@+1 {{there is no data path from acc to left on this chip [TW0107]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xf32, acc> -> !tile.tile<16x32xf32, left>
  func.return
}
