// RUN: pto-opt %s --verify-diagnostics

func.func @k(%a: !tile.tile<16x32xi8>, %b: !tile.tile<64x16xi8>) {
  // expected-error@+1 {{K differs: %a is !tile.tile<16x32xi8>, %b is !tile.tile<64x16xi8> [TW0110]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<64x16xi8> -> !tile.tile<16x16xi32>
  func.return
}
