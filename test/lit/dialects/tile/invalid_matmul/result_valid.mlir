// RUN: pto-opt %s --verify-diagnostics

func.func @result_valid(%a: !tile.tile<16x32xi8, valid = 5x32>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{does not make !tile.tile<16x16xi32> [TW0110]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8, valid = 5x32>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}
