// RUN: pto-opt %s -p plan-matmul --verify-diagnostics

// Five rows of 4064 bytes are whole blocks of 32 bytes in Mat.
func.func @over_mat_by_rows(%act: !tile.tensor<5x8128xi8>, %w: !tile.tensor<8128x64xi8>, %out: !tile.tensor<5x64xi32>) {
  %c0 = arith.constant 0 : index
  %c4064 = arith.constant 4064 : index
  %c8128 = arith.constant 8128 : index
  %zero = tile.full 0 : i32 : !tile.tile<5x64xi32>
  %sum = tile.pipeline stages(3) %k = %c0 to %c8128 step %c4064 iter_args(%s = %zero) -> (!tile.tile<5x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<5x8128xi8> -> !tile.tile<5x4064xi8, mat>
    %b = tile.load %w[%k, %c0] : !tile.tensor<8128x64xi8> -> !tile.tile<4064x64xi8, mat>
    // expected-error@-1 {{Mat buffer usage (841248 bytes) exceeds platform limit (524288 bytes) [TW0203]}}
    %r = tile.matmul acc(%s) %a, %b : !tile.tile<5x4064xi8, mat>, !tile.tile<4064x64xi8, mat> -> !tile.tile<5x64xi32>
    tile.yield %r : !tile.tile<5x64xi32>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<5x64xi32>, !tile.tensor<5x64xi32>
  func.return
}
