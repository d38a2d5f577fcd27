// RUN: pto-opt %s --verify-diagnostics

func.func @extents() {
  // expected-error@+1 {{!tile.tensor<?x64xf32> takes 1 extents, got 0 [TW0166]}}
  %t = tile.alloc_tensor() : !tile.tensor<?x64xf32>
  func.return
}
