// RUN: pto-opt %s --verify-diagnostics

func.func @ring_without_slot(%a: !tile.tile<16x32xi8, mat>, %r: !tile.ring<2 x !tile.tile<16x32xi8, left>>) {
  // expected-error@+1 {{a ring comes with a slot: into %ring[%slot] [TW0105]}}
  %b = "tile.move"(%a, %r) <{operandSegmentSizes = array<i32: 1, 1, 0>}>
    : (!tile.tile<16x32xi8, mat>, !tile.ring<2 x !tile.tile<16x32xi8, left>>) -> !tile.tile<16x32xi8, left>
  func.return
}
