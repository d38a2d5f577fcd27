// RUN: pto-opt %s --verify-diagnostics

func.func @ttri_elements(%diagonal: i32, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.ttri does not take i8 in %dst; it takes }}
  pto.ttri ins(%diagonal {upperOrLower = 1 : i32} : i32) outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
