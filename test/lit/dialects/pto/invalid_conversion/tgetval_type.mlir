// RUN: pto-opt %s --verify-diagnostics

func.func @tgetval_type(%src: !pto.tile_buf<vec, 16x32xf32>, %offset: index) {
  // expected-error@+1 {{%dst is f16, %src has elements of f32 [TW0126]}}
  %dst = pto.tgetval ins(%src, %offset : !pto.tile_buf<vec, 16x32xf32>, index) outs : f16
  func.return
}
