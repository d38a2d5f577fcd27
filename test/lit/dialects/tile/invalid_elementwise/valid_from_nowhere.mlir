// RUN: pto-opt %s --verify-diagnostics

func.func @valid_from_nowhere(%a: !tile.tile<16x64xf32>, %x: f32) {
  // expected-error@+1 {{no operand of tile.add has a valid part that is only known at run time, as !tile.tile<16x64xf32, valid = ?x64> has [TW0162]}}
  %c = tile.add %a, %x : !tile.tile<16x64xf32>, f32 -> !tile.tile<16x64xf32, valid = ?x64>
  func.return
}
