// RUN: pto-opt %s --verify-diagnostics

func.func @tsels_elements(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src: !pto.tile_buf<vec, 16x32xui16>, %tmp: !pto.tile_buf<vec, 16x32xi8>,
    %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xui16>) {
  // expected-error@+1 {{pto.tsels does not take ui16 in %src; it takes }}
  pto.tsels ins(%mask, %src, %tmp, %scalar : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xui16>,
      !pto.tile_buf<vec, 16x32xi8>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xui16>)
  func.return
}
