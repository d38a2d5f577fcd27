// RUN: pto-opt %s --verify-diagnostics

func.func @iota_tile(%a: !tile.tile<1x1xi32>) {
  // expected-error@+1 {{counting starts from a scalar, not from !tile.tile<1x1xi32> [TW0108]}}
  %c = tile.iota %a : !tile.tile<1x1xi32> -> !tile.tile<1x64xi32>
  func.return
}
