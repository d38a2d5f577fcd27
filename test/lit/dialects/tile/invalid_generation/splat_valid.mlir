// RUN: pto-opt %s --verify-diagnostics

func.func @splat_valid(%x: f32) {
  // expected-error@+1 {{nothing tells tile.splat how large the valid part ?x64 is; make the tile whole and narrow it with tile.set_valid [TW0162]}}
  %c = tile.splat %x : f32 -> !tile.tile<16x64xf32, valid = ?x64>
  func.return
}
