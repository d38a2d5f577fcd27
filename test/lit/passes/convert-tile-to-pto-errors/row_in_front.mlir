// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @row_in_front(%l: !tile.tensor<1x64xi32>, %r: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %l[%c0, %c0] : !tile.tensor<1x64xi32> -> !tile.tile<1x64xi32, vec>
  %b = tile.load %r[%c0, %c0] : !tile.tensor<16x64xi32> -> !tile.tile<16x64xi32, vec>
  // expected-error@+1 {{tile.sub has no lowering to pto in this form: run legalize-vector first [TW0313]}}
  %x = tile.sub %a, %b : !tile.tile<1x64xi32, vec>, !tile.tile<16x64xi32, vec> -> !tile.tile<16x64xi32, vec>
  func.return
}
