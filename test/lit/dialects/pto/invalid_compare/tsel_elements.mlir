// RUN: pto-opt %s --verify-diagnostics

func.func @tsel_elements(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src0: !pto.tile_buf<vec, 16x32xi8>, %src1: !pto.tile_buf<vec, 16x32xi8>,
    %tmp: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tsel does not take i8 in %src0; it takes }}
  pto.tsel ins(%mask, %src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xi8>,
      !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
