// RUN: pto-opt %s --verify-diagnostics

func.func @concat_valid(%a: !tile.tile<16x64xf32, valid = 16x60>) {
  // expected-error@+1 {{!tile.tile<16x64xf32, valid = 16x60> and !tile.tile<16x64xf32, valid = 16x60> cannot stand side by side: the left one holds data in all of its columns, and both in equally many rows [TW0162]}}
  %c = tile.concat %a, %a : !tile.tile<16x64xf32, valid = 16x60>, !tile.tile<16x64xf32, valid = 16x60> -> !tile.tile<16x128xf32>
  func.return
}
