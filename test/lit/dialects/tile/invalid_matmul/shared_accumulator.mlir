// RUN: pto-opt %s --verify-diagnostics

func.func @shared_accumulator(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %x: !tile.tile<16x16xi32>) {
  // expected-error@+1 {{two results cannot share the accumulator %x: each needs one of its own [TW0109]}}
  %c, %d = tile.matmul acc(%x, %x) %a, %b, %b
    : !tile.tile<16x32xi8>, !tile.tile<32x16xi8>, !tile.tile<32x16xi8>
    -> !tile.tile<16x16xi32>, !tile.tile<16x16xi32>
  func.return
}
