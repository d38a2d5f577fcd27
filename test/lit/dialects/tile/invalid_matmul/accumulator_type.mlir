// RUN: pto-opt %s --verify-diagnostics

func.func @accumulator_type(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %x: !tile.tile<16x16xi32, acc>) {
  // expected-error@+1 {{the accumulator %x is !tile.tile<16x16xi32, acc>, but its result is !tile.tile<16x16xi32> [TW0110]}}
  %c = "tile.matmul"(%x, %a, %b) <{operandSegmentSizes = array<i32: 1, 0, 1, 1>}>
    : (!tile.tile<16x16xi32, acc>, !tile.tile<16x32xi8>, !tile.tile<32x16xi8>) -> !tile.tile<16x16xi32>
  func.return
}
