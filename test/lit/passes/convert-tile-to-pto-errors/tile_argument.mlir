// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @tile_argument(%x: !tile.tile<16x64xi8, mat>) {
  // expected-error@+1 {{%x has no buffer [TW0304]}}
  %l = tile.move %x : !tile.tile<16x64xi8, mat> -> !tile.tile<16x64xi8, left>
  func.return
}
