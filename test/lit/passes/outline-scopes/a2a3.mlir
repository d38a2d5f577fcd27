// RUN: pto-opt %s -p outline-scopes,a2a3 | filecheck %s

// The kernel becomes pto; the function that submits it stays as it is.
// CHECK-LABEL: func.func @f_mm(
// CHECK-SAME:    !pto.ptr<f16>
// CHECK-SAME:    pto.entry
// CHECK-LABEL: func.func @f(
// CHECK-SAME:    %x: !tile.tensor<16x64xf16>
// CHECK-SAME:    attributes {task.orchestration} {
// CHECK-NEXT:    %t = task.submit @f_mm(%x, %w, %y) :
// CHECK-NEXT:    func.return
func.func @f(%x: !tile.tensor<16x64xf16>, %w: !tile.tensor<64x32xf16>, %y: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %t = task.scope "mm" {
    %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf16> -> !tile.tile<16x64xf16>
    %b = tile.load %w[%c0, %c0] : !tile.tensor<64x32xf16> -> !tile.tile<64x32xf16>
    %r = tile.matmul %a, %b : !tile.tile<16x64xf16>, !tile.tile<64x32xf16> -> !tile.tile<16x32xf32>
    tile.store %r, %y[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
  }
  func.return
}
