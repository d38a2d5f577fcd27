// RUN: pto-opt %s -p lower-matmul{charged-rows} | filecheck %s
// RUN: pto-opt %s -p 'plan-matmul{charged-rows},lower-matmul{charged-rows},check-budget' | filecheck %s

// Accumulators of i32 are charged in steps of 32 rows: they and the left operand get as many, also where the user has
// placed the load.
// CHECK-LABEL: func.func @placed(
// CHECK:         %[[A:.*]] = tile.load {{.*}} -> !tile.tile<32x32xi8, mat, valid = 16x32>
// CHECK:         tile.move %[[A]] {{.*}} -> !tile.tile<32x32xi8, left, valid = 16x32>
// CHECK:         tile.matmul {{.*}} -> !tile.tile<32x32xi32, acc, valid = 16x32>
func.func @placed(%act: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8, mat>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8, mat>
  %x = tile.matmul %a, %b
    {plan = {k_chunk = 32 : i64, a_resident = false, a_slots = 1 : i64, b_slots = 1 : i64, l0_k = 32 : i64,
     left_slots = 1 : i64, right_slots = 1 : i64}}
    : !tile.tile<16x32xi8, mat>, !tile.tile<32x32xi8, mat> -> !tile.tile<16x32xi32>
  func.return
}

// Those of f32 in steps of 16.
// CHECK-LABEL: func.func @floats(
// CHECK:         tile.matmul {{.*}} -> !tile.tile<16x32xf32, acc, valid = 5x32>
func.func @floats(%act: !tile.tensor<5x32xbf16>, %w: !tile.tensor<32x32xbf16>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<5x32xbf16> -> !tile.tile<5x32xbf16>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xbf16> -> !tile.tile<32x32xbf16>
  %x = tile.matmul %a, %b
    {plan = {k_chunk = 32 : i64, a_resident = false, a_slots = 1 : i64, b_slots = 1 : i64, l0_k = 32 : i64,
     left_slots = 1 : i64, right_slots = 1 : i64}}
    : !tile.tile<5x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<5x32xf32>
  func.return
}
