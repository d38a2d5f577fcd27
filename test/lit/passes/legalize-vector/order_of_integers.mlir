// RUN: pto-opt %s -p legalize-vector | filecheck %s

// The chip asks of i32 only whether they are equal: a < b unless the larger is a.
// CHECK:      %[[M:.*]] = tile.max %a, %a :
// CHECK-NEXT: %[[E:.*]] = tile.compare eq %[[M]], %a :
// CHECK-NEXT: %m = tile.not %[[E]] :
func.func @order(%x: !tile.tensor<16x64xi32>, %y: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xi32> -> !tile.tile<16x64xi32, vec>
  %m = tile.compare lt %a, %a : !tile.tile<16x64xi32, vec>, !tile.tile<16x64xi32, vec> -> !tile.tile<16x64xi1, vec>
  %r = tile.select %m, %a, %a : !tile.tile<16x64xi1, vec>, !tile.tile<16x64xi32, vec>, !tile.tile<16x64xi32, vec> -> !tile.tile<16x64xi32, vec>
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xi32, vec>, !tile.tensor<16x64xi32>
  func.return
}
