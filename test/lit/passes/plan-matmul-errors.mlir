// RUN: pto-opt %s -p plan-matmul --split-input-file --verify-diagnostics

func.func @not_loaded(%a: !tile.tile<16x32xi8>, %w: !tile.tensor<32x32xi8>, %n: index) {
  %b = tile.load %w[%n, %n] : !tile.tensor<32x32xi8> -> !tile.tile<32x32xi8>
  // expected-error@-2 {{%a is an operand of a matmul, but it is not loaded from global memory [TW0201]}}
  // expected-note@-3 {{load it with tile.load, or place it yourself}}
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// One fractal of K of a right operand is larger than Right.
func.func @nothing_fits(%act: !tile.tensor<16x32xi8>, %w: !tile.tensor<32x4000xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x32xi8> -> !tile.tile<1x32xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<32x4000xi8> -> !tile.tile<32x2560xi8>
  // expected-error@+1 {{buffer usage}}
  %x = tile.matmul %a, %b : !tile.tile<1x32xi8>, !tile.tile<32x2560xi8> -> !tile.tile<1x2560xi32>
  func.return
}

// -----

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

// -----

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
