// RUN: pto-opt %s -p plan-matmul --verify-diagnostics

// The user has fixed chunk and stages.
func.func @over_mat(%act: !tile.tensor<16x1024xbf16>, %w: !tile.tensor<1024x256xbf16>) {
  %c0 = arith.constant 0 : index
  %c512 = arith.constant 512 : index
  %c1024 = arith.constant 1024 : index
  %zero = tile.full 0.0 : f32 : !tile.tile<16x256xf32>
  %r = tile.pipeline stages(3) %k = %c0 to %c1024 step %c512 iter_args(%x = %zero) -> (!tile.tile<16x256xf32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x1024xbf16> -> !tile.tile<16x512xbf16, mat>
    // expected-error@+3 {{Mat buffer usage (835584 bytes) exceeds platform limit (524288 bytes) [TW0203]}}
    // expected-note@+2 {{function @over_mat needs 311296 bytes (304 KiB) more than Mat has}}
    // expected-note@+1 {{stages 3 -> 1}}
    %b = tile.load %w[%k, %c0] : !tile.tensor<1024x256xbf16> -> !tile.tile<512x256xbf16, mat>
    %x1 = tile.matmul acc(%x) %a, %b
      : !tile.tile<16x512xbf16, mat>, !tile.tile<512x256xbf16, mat> -> !tile.tile<16x256xf32>
    tile.yield %x1 : !tile.tile<16x256xf32>
  }
  func.return
}
