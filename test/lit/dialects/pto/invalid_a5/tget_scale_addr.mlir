// RUN: pto-opt %s --verify-diagnostics

func.func @tget_scale_addr(%src: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<scaling, 16x32xi8>) {
  // expected-error@+1 {{pto.tget_scale_addr exists only on A5; this program is for a2a3 [TW0123]}}
  pto.tget_scale_addr ins(%src : !pto.tile_buf<vec, 16x32xi8>) outs(%dst : !pto.tile_buf<scaling, 16x32xi8>)
  func.return
}
