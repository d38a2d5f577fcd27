// RUN: pto-opt %s --verify-diagnostics

func.func @scalar_type(%a: !tile.tile<16x64xf32>, %b: index) {
  // expected-error@+1 {{%b is index, but tile.sub works on f32 here; convert a tile with tile.cast, a scalar with arith [TW0108]}}
  %c = tile.sub %a, %b : !tile.tile<16x64xf32>, index -> !tile.tile<16x64xf32>
  func.return
}
