// RUN: pto-opt %s --verify-diagnostics

func.func @yield_outside() {
  // expected-error@+1 {{'tile.yield' expects parent op 'tile.pipeline' [TW0100]}}
  tile.yield
}
