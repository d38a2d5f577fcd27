// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_five(
    %a: !pto.tile_buf<vec, 1x1024xf32>, %b: !pto.tile_buf<vec, 1x1024xf32>, %c: !pto.tile_buf<vec, 1x1024xf32>,
    %d: !pto.tile_buf<vec, 1x1024xf32>, %e: !pto.tile_buf<vec, 1x1024xf32>, %tmp: !pto.tile_buf<vec, 1x1024xf32>,
    %dst: !pto.tile_buf<vec, 1x1024xf32>, %executed: vector<4xi16>) {
  // expected-error@+1 {{pto.tmrgsort takes one list and the length of its blocks, or 2 to 4 lists, tmp and excuted [TW0128]}}
  pto.tmrgsort ins(%a, %b, %c, %d, %e, %tmp {exhausted = false} : !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec,
      1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>,
      !pto.tile_buf<vec, 1x1024xf32>)
      outs(%dst, %executed : !pto.tile_buf<vec, 1x1024xf32>, vector<4xi16>)
  func.return
}
