// RUN: pto-opt %s --verify-diagnostics

func.func @texpands_space(%scalar: f32, %dst: !pto.tile_buf<left, 16x32xf32, slayout=row_major>) {
  // expected-error@+1 {{%dst sits in left, the operand must be in vec or mat [TW0113]}}
  pto.texpands ins(%scalar : f32) outs(%dst : !pto.tile_buf<left, 16x32xf32, slayout=row_major>)
  func.return
}
