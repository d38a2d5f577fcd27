// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @choice(%t: !tile.tensor<16x64xf32>, %n: f32) {
  %c0 = arith.constant 0 : index
  %a = tile.load %t[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32, vec>
  %m = tile.compare lt %a, %n : !tile.tile<16x64xf32, vec>, f32 -> !tile.tile<16x64xi1, vec>
  // expected-error@+1 {{tile.select has no lowering to pto in this form: run legalize-vector first [TW0313]}}
  %x = tile.select %m, %m, %m : !tile.tile<16x64xi1, vec>, !tile.tile<16x64xi1, vec>, !tile.tile<16x64xi1, vec>
    -> !tile.tile<16x64xi1, vec>
  func.return
}
