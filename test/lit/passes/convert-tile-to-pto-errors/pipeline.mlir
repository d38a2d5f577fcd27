// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @pipeline(%t: !tile.tensor<16x64xi8>, %n: index) {
  // expected-error@+2 {{tile.pipeline is still there [TW0302]}}
  // expected-note@+1 {{run lower-pipeline first}}
  tile.pipeline stages(2) %k = %n to %n step %n {
  }
  func.return
}
