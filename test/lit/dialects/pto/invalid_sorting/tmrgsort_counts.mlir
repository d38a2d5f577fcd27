// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_counts(
    %a: !pto.tile_buf<vec, 1x1024xf32>, %b: !pto.tile_buf<vec, 1x1024xf32>, %tmp: !pto.tile_buf<vec, 1x1024xf32>,
    %dst: !pto.tile_buf<vec, 1x1024xf32>, %executed: vector<4xi32>) {
  // expected-error@+1 {{the counts are a vector<4xi16>, not vector<4xi32> [TW0126]}}
  pto.tmrgsort ins(%a, %b, %tmp {exhausted = false} : !pto.tile_buf<vec, 1x1024xf32>, !pto.tile_buf<vec, 1x1024xf32>,
      !pto.tile_buf<vec, 1x1024xf32>)
      outs(%dst, %executed : !pto.tile_buf<vec, 1x1024xf32>, vector<4xi32>)
  func.return
}
