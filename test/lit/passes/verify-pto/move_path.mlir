// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @move_path(%a: !pto.tile_buf<acc, 16x32xf32>, %b: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{there is no data path from acc to vec on this chip [TW0107]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32>) outs(%b : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}
