// RUN: pto-opt %s --verify-diagnostics

func.func @tgatherb_elements(
    %src: !pto.tile_buf<vec, 16x32xf32>, %offsets: !pto.tile_buf<vec, 16x4xui32>,
    %dst: !pto.tile_buf<vec, 16x32xi64>) {
  // expected-error@+1 {{pto.tgatherb gathers 1, 2 or 4 bytes; %dst has 8 [TW0108]}}
  pto.tgatherb ins(%src, %offsets : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x4xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi64>)
  func.return
}
