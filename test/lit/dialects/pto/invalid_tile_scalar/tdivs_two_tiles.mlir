// RUN: pto-opt %s --verify-diagnostics

func.func @tdivs_two_tiles(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tdivs takes one tile and one scalar [TW0128]}}
  pto.tdivs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
