// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @f(%a: !pto.tile_buf<vec, 16x64xi8>, %b: !pto.tile_buf<vec, 16x64xf32>) {
  // expected-error@+1 {{no instruction converts i8 to f32: the library compiles this to nothing [TW0513]}}
  pto.tcvt ins(%a {rmode = #pto<round_mode RINT>} : !pto.tile_buf<vec, 16x64xi8>) outs(%b : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}
