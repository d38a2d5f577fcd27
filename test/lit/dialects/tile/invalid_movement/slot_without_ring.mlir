// RUN: pto-opt %s --verify-diagnostics

func.func @slot_without_ring(%a: !tile.tile<16x32xi8, mat>, %i: index) {
  // expected-error@+1 {{a ring comes with a slot: into %ring[%slot] [TW0105]}}
  %b = "tile.move"(%a, %i) <{operandSegmentSizes = array<i32: 1, 0, 1>}>
    : (!tile.tile<16x32xi8, mat>, index) -> !tile.tile<16x32xi8, left>
  func.return
}
