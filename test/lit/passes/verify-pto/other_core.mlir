// RUN: pto-opt %s -p verify-pto --verify-diagnostics

!tile = !pto.tile_buf<vec, 16x64xf32>
!left = !pto.tile_buf<left, 16x64xf16, blayout=row_major, slayout=row_major>
!right = !pto.tile_buf<right, 64x16xf16, blayout=row_major, slayout=col_major>
!acc = !pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>

func.func @cube(%t: !tile) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  // expected-error@+1 {{pto.tadd runs on a vector core, but its kernel on a cube core [TW0167]}}
  pto.tadd ins(%t, %t : !tile, !tile) outs(%t : !tile)
  func.return
}

func.func @vector(%l: !left, %r: !right, %a: !acc) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{pto.tmatmul runs on a cube core, but its kernel on a vector core [TW0167]}}
  pto.tmatmul ins(%l, %r : !left, !right) outs(%a : !acc)
  func.return
}
