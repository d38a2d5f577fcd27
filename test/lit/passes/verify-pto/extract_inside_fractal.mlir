// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @extract_inside_fractal(
    %a: !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, %b: !pto.tile_buf<left, 16x32xi8, slayout=row_major>,
    %i: index) {
  %c = arith.constant 16 : index
  // expected-error@+1 {{offset 16 of dimension 1 is not a multiple of the fractal, 32 [TW0120]}}
  pto.textract ins(%a, %i, %c : !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, index, index)
    outs(%b : !pto.tile_buf<left, 16x32xi8, slayout=row_major>)
  func.return
}
