// RUN: pto-opt %s --verify-diagnostics

func.func @mixed_elements(%a: !tile.tile<16x32xf16>, %b: !tile.tile<32x16xbf16>) {
  // expected-error@+1 {{f16 times bf16 cannot be multiplied by the cube unit, the result is f32 [TW0108]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xf16>, !tile.tile<32x16xbf16> -> !tile.tile<16x16xf32>
  func.return
}
