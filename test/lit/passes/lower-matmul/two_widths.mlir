// RUN: pto-opt %s -p lower-matmul | filecheck %s

// Right operands of two widths have rings of their own.
// CHECK-LABEL: func.func @two_widths(
// CHECK:         tile.load {{.*}} {slots = 2 : i64} : {{.*}} -> !tile.tile<64x64xi8, mat>
// CHECK:         tile.load {{.*}} {slots = 2 : i64} : {{.*}} -> !tile.tile<64x32xi8, mat>
func.func @two_widths(%act: !tile.tensor<16x64xi8>, %w: !tile.tensor<64x64xi8>, %v: !tile.tensor<64x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<64x64xi8> -> !tile.tile<64x64xi8>
  %c = tile.load %v[%n, %n] : !tile.tensor<64x32xi8> -> !tile.tile<64x32xi8>
  %x1, %y1 = tile.matmul %a, %b, %c
      {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 4 : i64, l0_k = 64 : i64,
       left_slots = 2 : i64, right_slots = 4 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8>, !tile.tile<64x32xi8> -> !tile.tile<16x64xi32>, !tile.tile<16x32xi32>
  func.return
}
