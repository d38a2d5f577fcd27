// RUN: pto-opt %s -p infer-spaces --verify-diagnostics

func.func @mixed(%x: !tile.tensor<16x64xf16>, %w: !tile.tensor<64x32xf16>, %y: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf16> -> !tile.tile<16x64xf16>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<64x32xf16> -> !tile.tile<64x32xf16>
  %r = tile.matmul %a, %b : !tile.tile<16x64xf16>, !tile.tile<64x32xf16> -> !tile.tile<16x32xf32>
  // expected-error@+1 {{kernel @mixed mixes cube and vector: tile.exp runs on the vector core, tile.matmul on the cube core [TW0312]}}
  %e = tile.exp %r : !tile.tile<16x32xf32> -> !tile.tile<16x32xf32>
  tile.store %e, %y[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
  func.return
}
