// RUN: pto-opt %s -p 'plan-matmul{charged-rows},lower-matmul{charged-rows},check-budget' | filecheck %s
// RUN: not pto-opt %s -p plan-matmul,lower-matmul{charged-rows},check-budget 2>&1 | filecheck %s --check-prefix=WITHOUT

// With 32 rows in place of 16, as lower-matmul will make it, two slots of the left operand no longer fit into Left.
// CHECK: tile.matmul
// WITHOUT: error[TW0203]: Left buffer usage (81920 bytes) exceeds platform limit (65536 bytes)
func.func @tall(%act: !tile.tensor<1x5120xi8>, %w: !tile.tensor<5120x16xi8>, %o: !tile.tensor<1x16xi32>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<1x5120xi8> -> !tile.tile<1x5120xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<5120x16xi8> -> !tile.tile<5120x16xi8>
  %x = tile.matmul %a, %b : !tile.tile<1x5120xi8>, !tile.tile<5120x16xi8> -> !tile.tile<1x16xi32>
  tile.store %x, %o[%n, %n] : !tile.tile<1x16xi32>, !tile.tensor<1x16xi32>
  func.return
}
