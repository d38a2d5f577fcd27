// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_list_types(
    %a: !pto.tile_buf<vec, 1x1024xf16>, %b: !pto.tile_buf<vec, 1x1024xf32>, %tmp: !pto.tile_buf<vec, 1x1024xf32>,
    %dst: !pto.tile_buf<vec, 1x1024xf32>, %executed: vector<4xi16>) {
  // expected-error@+1 {{%a has elements of f16, %dst of f32 [TW0110]}}
  pto.tmrgsort ins(%a, %b, %tmp {exhausted = false} : !pto.tile_buf<vec, 1x1024xf16>, !pto.tile_buf<vec, 1x1024xf32>,
      !pto.tile_buf<vec, 1x1024xf32>)
      outs(%dst, %executed : !pto.tile_buf<vec, 1x1024xf32>, vector<4xi16>)
  func.return
}
