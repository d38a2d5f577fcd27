// RUN: pto-opt %s --verify-diagnostics

func.func @tands_in_place(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16) {
  // expected-error@+1 {{pto.tands cannot work in place: %src is given twice [TW0125]}}
  pto.tands ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi16>, i16) outs(%src : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
