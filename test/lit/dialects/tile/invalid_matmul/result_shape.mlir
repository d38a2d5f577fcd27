// RUN: pto-opt %s --verify-diagnostics

// The second right operand is checked like the first.
func.func @result_shape(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{!tile.tile<16x32xi8> times !tile.tile<32x16xi8> does not make !tile.tile<16x32xi32> [TW0110]}}
  %c, %d = tile.matmul %a, %b, %b
    : !tile.tile<16x32xi8>, !tile.tile<32x16xi8>, !tile.tile<32x16xi8>
    -> !tile.tile<16x16xi32>, !tile.tile<16x32xi32>
  func.return
}
