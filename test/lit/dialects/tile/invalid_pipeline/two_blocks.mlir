// RUN: pto-opt %s --verify-diagnostics

func.func @two_blocks(%n: index) {
  // expected-error@+1 {{'tile.pipeline' does not contain single-block regions [TW0001]}}
  tile.pipeline stages(2) %i = %n to %n step %n {
    tile.yield
  ^other:
    tile.yield
  }
  func.return
}
