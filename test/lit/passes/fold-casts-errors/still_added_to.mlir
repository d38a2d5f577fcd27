// RUN: pto-opt %s -p a2a3 --verify-diagnostics

// At the store the accumulator holds more than what was cast: the cast stays, on the vector core.
func.func @still_added_to(
    %x: !tile.tensor<16x32xbf16>, %w: !tile.tensor<32x32xbf16>, %out: !tile.tensor<16x32xbf16>, %out1: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x32xbf16> -> !tile.tile<16x32xbf16>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<32x32xbf16> -> !tile.tile<32x32xbf16>
  %s = tile.matmul %a, %b : !tile.tile<16x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<16x32xf32>
  // expected-error@+1 {{kernel @still_added_to mixes cube and vector: tile.cast runs on the vector core, tile.matmul on the cube core [TW0312]}}
  %h = tile.cast rint %s : !tile.tile<16x32xf32> -> !tile.tile<16x32xbf16>
  %t = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<16x32xf32>
  tile.store %h, %out[%c0, %c0] : !tile.tile<16x32xbf16>, !tile.tensor<16x32xbf16>
  tile.store %t, %out1[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
  func.return
}
