// RUN: pto-opt %s --verify-diagnostics

func.func @exponential_of_integers(%a: !tile.tile<16x64xi32>) {
  // expected-error@+1 {{tile.exp is not for i32; it takes bf16, f16, f32 [TW0108]}}
  %c = tile.exp %a : !tile.tile<16x64xi32> -> !tile.tile<16x64xi32>
  func.return
}
