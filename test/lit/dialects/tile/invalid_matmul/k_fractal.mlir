// RUN: pto-opt %s --verify-diagnostics

func.func @k_fractal(%a: !tile.tile<16x40xi8>, %b: !tile.tile<40x16xi8>) {
  // expected-error@+1 {{K is 40, which is not a multiple of 32 (the fractal of i8); pad both operands with zeros to 64 [TW0112]}}
  %c = tile.matmul %a, %b : !tile.tile<16x40xi8>, !tile.tile<40x16xi8> -> !tile.tile<16x16xi32>
  func.return
}
