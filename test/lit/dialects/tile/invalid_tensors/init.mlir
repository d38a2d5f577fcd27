// RUN: pto-opt %s --verify-diagnostics

func.func @init() {
  // expected-error@+1 {{a tensor of f32 cannot start with a value of type i32 [TW0108]}}
  %t = tile.alloc_tensor() init 0 : i32 : !tile.tensor<4x64xf32>
  func.return
}
