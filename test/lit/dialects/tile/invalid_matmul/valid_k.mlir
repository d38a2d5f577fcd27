// RUN: pto-opt %s --verify-diagnostics

func.func @valid_k(%a: !tile.tile<16x64xi8>, %b: !tile.tile<64x16xi8, valid = 32x16>) {
  // expected-error@+1 {{K differs: %a is !tile.tile<16x64xi8>, %b is !tile.tile<64x16xi8, valid = 32x16> [TW0110]}}
  %c = tile.matmul %a, %b : !tile.tile<16x64xi8>, !tile.tile<64x16xi8, valid = 32x16> -> !tile.tile<16x16xi32>
  func.return
}
