// RUN: pto-opt %s --verify-diagnostics

func.func @promotion(%a: !tile.tile<16x64xf32>, %b: !tile.tile<16x64xf16>) {
  // expected-error@+1 {{%b is !tile.tile<16x64xf16>, but tile.sub works on f32 here; convert a tile with tile.cast, a scalar with arith [TW0108]}}
  %c = tile.sub %a, %b : !tile.tile<16x64xf32>, !tile.tile<16x64xf16> -> !tile.tile<16x64xf32>
  func.return
}
