// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_scratch_shape(
    %a: !pto.tile_buf<vec, 1x1024xf32>, %b: !pto.tile_buf<vec, 1x1024xf32>, %tmp: !pto.tile_buf<vec, 1x512xf32>,
    %dst: !pto.tile_buf<vec, 1x1024xf32>, %executed: vector<4xi16>) {
  // expected-error@+1 {{%dst is 1x1024, %tmp is 1x512 [TW0110]}}
  pto.tmrgsort ins(%a, %b, %tmp {exhausted = false} : !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>,
      !pto.tile_buf<vec, 1x512xf32>)
      outs(%dst, %executed : !pto.tile_buf<vec, 1x1024xf32>, vector<4xi16>)
  func.return
}
