// RUN: pto-opt %s --verify-diagnostics

func.func @push_from(
    %t: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  // expected-error@+1 {{a tile is pushed from acc or vec, not from mat [TW0141]}}
  pto.tpush_to_aiv(%t : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>) {split = 0}
  func.return
}
