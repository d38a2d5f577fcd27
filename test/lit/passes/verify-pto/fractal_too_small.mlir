// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @fractal_too_small() {
  // expected-error@+1 {{a fractal of 16 bytes has no room for 16 rows of f32 [TW0115]}}
  %t = pto.alloc_tile : !pto.tile_buf<mat, 16x32xf32, slayout=row_major, fractal=16>
  func.return
}
