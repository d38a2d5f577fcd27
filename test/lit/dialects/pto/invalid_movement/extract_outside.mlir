// RUN: pto-opt %s --verify-diagnostics

func.func @extract_outside(
    %a: !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, %b: !pto.tile_buf<left, 16x64xi8, slayout=row_major>,
    %i: index) {
  %c = arith.constant 32 : index
  // expected-error@+1 {{32 to 96 lies outside of dimension 1, which has 64 [TW0106]}}
  pto.textract ins(%a, %i, %c : !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, index, index)
    outs(%b : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}
