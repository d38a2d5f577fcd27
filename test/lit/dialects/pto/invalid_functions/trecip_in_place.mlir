// RUN: pto-opt %s --verify-diagnostics

func.func @trecip_in_place(%src: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.trecip cannot work in place: %src is given twice [TW0125]}}
  pto.trecip ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%src : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
