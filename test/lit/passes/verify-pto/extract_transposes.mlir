// RUN: pto-opt %s -p verify-pto --verify-diagnostics

// A transposing extract of 8-bit elements takes squares of fractals.
func.func @extract_transposes(
    %a: !pto.tile_buf<mat, 64x32xi8, slayout=row_major>, %b: !pto.tile_buf<right, 32x32xi8, slayout=col_major>,
    %i: index) {
  %r = arith.constant 16 : index
  // expected-error@+1 {{offset 16 of dimension 0 is not a multiple of the fractal, 32 [TW0120]}}
  pto.textract ins(%a, %r, %i : !pto.tile_buf<mat, 64x32xi8, slayout=row_major>, index, index)
    outs(%b : !pto.tile_buf<right, 32x32xi8, slayout=col_major>)
  func.return
}
