// RUN: pto-opt %s --verify-diagnostics

func.func @float_bits(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{tile.shl is not for f32; it takes i16, i32, i64, i8, ui16, ui32, ui64, ui8 [TW0108]}}
  %c = tile.shl %a, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}
