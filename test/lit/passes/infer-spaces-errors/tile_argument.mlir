// RUN: pto-opt %s -p infer-spaces,convert-tile-to-pto --verify-diagnostics

func.func @tile_argument(%x: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{%x has no buffer [TW0304]}}
  %y = tile.neg %x : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}
