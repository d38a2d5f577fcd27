// RUN: pto-opt %s --verify-diagnostics

func.func @another_terminator(%n: index) {
  // expected-error@+1 {{'tile.pipeline' terminates with operation func.return instead of tile.yield [TW0001]}}
  tile.pipeline stages(2) %i = %n to %n step %n {
    func.return
  }
  func.return
}
