// RUN: pto-opt %s --verify-diagnostics

func.func @extract_converts_unplaced(%a: !tile.tile<16x64xf32>, %i: index) {
  // expected-error@+1 {{an extract keeps the element type, got !tile.tile<16x64xf32> -> !tile.tile<16x32xf16> [TW0108]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xf32> -> !tile.tile<16x32xf16>
  func.return
}
