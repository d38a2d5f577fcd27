// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @padded(%t: !tile.tensor<8x12xf32>) {
  %c0 = arith.constant 0 : index
  %x = tile.load %t[%c0, %c0] : !tile.tensor<8x12xf32> -> !tile.tile<8x12xf32, vec>
  // expected-error@+1 {{tile.reshape has no lowering to pto here: rows are padded to 32 bytes, so its elements lie elsewhere [TW0315]}}
  %y = tile.reshape %x : !tile.tile<8x12xf32, vec> -> !tile.tile<1x96xf32, vec>
  func.return
}
