// RUN: pto-opt %s -p plan-matmul --verify-diagnostics

// The accumulators of all matmuls of one loop are live at once.
func.func @over_acc(%act: !tile.tensor<64x64xi8>, %act1: !tile.tensor<64x64xi8>, %w: !tile.tensor<64x512xi8>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<64x512xi32>
  %r, %s = scf.for %k = %c0 to %c64 step %c32
      iter_args(%x = %zero, %y = %zero) -> (!tile.tile<64x512xi32>, !tile.tile<64x512xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<64x64xi8> -> !tile.tile<64x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<64x512xi8> -> !tile.tile<32x512xi8>
    // expected-error@+1 {{Acc buffer usage (262144 bytes) exceeds platform limit (131072 bytes) [TW0203]}}
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<64x32xi8>, !tile.tile<32x512xi8> -> !tile.tile<64x512xi32>
    %c = tile.load %act1[%c0, %k] : !tile.tensor<64x64xi8> -> !tile.tile<64x32xi8>
    %y1 = tile.matmul acc(%y) %c, %b : !tile.tile<64x32xi8>, !tile.tile<32x512xi8> -> !tile.tile<64x512xi32>
    scf.yield %x1, %y1 : !tile.tile<64x512xi32>, !tile.tile<64x512xi32>
  }
  func.return
}
