// RUN: pto-opt %s --verify-diagnostics

func.func @tcmp_elements(
    %src0: !pto.tile_buf<vec, 16x32xi16>, %src1: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tcmp does not take i16 in %src0; it takes }}
  pto.tcmp ins(%src0, %src1 {cmpMode = #pto<cmp gt>} : !pto.tile_buf<vec, 16x32xi16>, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}
