// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @remainder(%t: !tile.tensor<16x64xf32>, %n: f32) {
  %c0 = arith.constant 0 : index
  %a = tile.load %t[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32, vec>
  // expected-error@+1 {{tile.rem has no lowering to pto in this form: run legalize-vector first [TW0313]}}
  %x = tile.rem %a, %n : !tile.tile<16x64xf32, vec>, f32 -> !tile.tile<16x64xf32, vec>
  func.return
}
