// RUN: pto-opt %s --verify-diagnostics

func.func @result_element(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{i8 times i8 makes i32, the result is f32 [TW0108]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xf32>
  func.return
}
