// RUN: pto-opt %s --verify-diagnostics

func.func @two_scalars(%x: f32) {
  // expected-error@+1 {{tile.add needs a tile among its operands; two scalars are computed with arith [TW0161]}}
  %a = tile.add %x, %x : f32, f32 -> !tile.tile<16x64xf32>
  func.return
}
