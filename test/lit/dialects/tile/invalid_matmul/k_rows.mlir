// RUN: pto-opt %s --verify-diagnostics

// 40 elements of f32 are whole fractals of the left operand, but 40 rows are none of the right one.
func.func @k_rows(%a: !tile.tile<16x40xf32>, %b: !tile.tile<40x16xf32>) {
  // expected-error@+1 {{K is 40, which is not a multiple of 16 (the fractal of f32); pad both operands with zeros to 48 [TW0112]}}
  %c = tile.matmul %a, %b : !tile.tile<16x40xf32>, !tile.tile<40x16xf32> -> !tile.tile<16x16xf32>
  func.return
}
