// RUN: pto-opt %s -p outline-scopes,a2a3 -t cce | filecheck %s

// The kernels are written; the function that submits them runs on no core, and is left out.
// CHECK:      AICORE void main_one(__gm__ float* a, __gm__ float* o)
// CHECK:      AICORE void main_two(__gm__ float* o)
// CHECK-NOT:  AICORE
func.func @main(%a: !tile.tensor<16x64xf32>, %o: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %first = task.scope "one" {
    %x = tile.load %a[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32>
    %y = tile.exp %x : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
    tile.store %y, %o[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  }
  %second = task.scope "two" after(%first) {
    %x = tile.load %o[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32>
    %y = tile.neg %x : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
    tile.store %y, %o[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  }
  func.return
}
