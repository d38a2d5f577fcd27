// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_part(%a: !tile.tile<16x64xf32, valid = 16x60>) {
  // expected-error@+1 {{the valid part 16x60 of !tile.tile<16x64xf32, valid = 16x60> is not one run of elements; fill the tile with tile.fill_pad before it takes another shape [TW0162]}}
  %c = tile.reshape %a : !tile.tile<16x64xf32, valid = 16x60> -> !tile.tile<8x128xf32>
  func.return
}
