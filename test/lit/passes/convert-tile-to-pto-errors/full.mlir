// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @full(%t: !tile.tensor<16x64xi8>) {
  // expected-error@+1 {{tile.full has no lowering to pto: it can only start an accumulator [TW0303]}}
  %x = tile.full 0 : i32 : !tile.tile<16x64xi32>
  func.return
}
