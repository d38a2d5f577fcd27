// RUN: pto-opt %s -p lower-pipeline | filecheck %s

// Three tiles of a ring are needed at once: each has a buffer of its own then.
// CHECK-LABEL: func.func @needed_at_once(
// CHECK-NOT:     tile.ring
func.func @needed_at_once(%w: !tile.tensor<128x32xi8>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  tile.pipeline stages(2) %k = %c0 to %c128 step %c32 {
    %a = tile.load %w[%k, %c0] {ring = "weights", slots = 2 : i64} : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8, mat>
    %b = tile.load %w[%k, %c0] {ring = "weights", slots = 2 : i64} : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8, mat>
    %c = tile.load %w[%k, %c0] {ring = "weights", slots = 2 : i64} : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8, mat>
    %r = tile.move %a : !tile.tile<32x32xi8, mat> -> !tile.tile<32x32xi8, right>
    %s = tile.move %b : !tile.tile<32x32xi8, mat> -> !tile.tile<32x32xi8, right>
    %t = tile.move %c : !tile.tile<32x32xi8, mat> -> !tile.tile<32x32xi8, right>
    tile.yield
  }
  func.return
}
