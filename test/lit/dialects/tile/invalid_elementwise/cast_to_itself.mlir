// RUN: pto-opt %s --verify-diagnostics

func.func @cast_to_itself(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{%a is a tile of f32 already [TW0108]}}
  %c = tile.cast rint %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}
