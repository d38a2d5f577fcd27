// RUN: pto-opt %s -p lower-matmul | filecheck %s

// Where the user restarts the sum in some iteration, the first one still overwrites as well.
// CHECK-LABEL: func.func @restarted(
// CHECK-SAME:      %[[INIT:[a-z0-9]*]]: i1)
// CHECK:           %[[FIRST:.*]] = arith.cmpi eq
// CHECK-NEXT:      %[[AFRESH:.*]] = arith.ori %[[FIRST]], %[[INIT]] : i1
// CHECK:           tile.pipeline
// CHECK:             arith.andi %[[AFRESH]],
func.func @restarted(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %n: index, %init: i1) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %n step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) init(%init) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}
