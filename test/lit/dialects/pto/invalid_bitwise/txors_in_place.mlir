// RUN: pto-opt %s --verify-diagnostics

func.func @txors_in_place(%src: !pto.tile_buf<vec, 16x32xi16>, %scalar: i16, %tmp: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{pto.txors cannot work in place: %src is given twice [TW0125]}}
  pto.txors ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xi16>, i16, !pto.tile_buf<vec, 16x32xi16>)
      outs(%src : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}
