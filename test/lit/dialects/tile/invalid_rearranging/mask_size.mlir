// RUN: pto-opt %s --verify-diagnostics

func.func @mask_size(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{tile.gather_mask keeps the bits of its elements, but f32 and f16 differ in size [TW0108]}}
  %c = tile.gather_mask P0101 %a : !tile.tile<16x64xf32> -> !tile.tile<16x32xf16>
  func.return
}
