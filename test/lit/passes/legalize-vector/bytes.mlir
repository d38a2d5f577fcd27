// RUN: pto-opt %s -p legalize-vector | filecheck %s

// Bytes are added as i16, and the low byte of the sum goes back by way of f16, which holds it exactly.
// CHECK:      %[[H:.*]] = tile.cast rint %a : {{.*}} -> !tile.tile<16x64xf16, vec>
// CHECK-NEXT: %[[W:.*]] = tile.cast rint %[[H]] : {{.*}} -> !tile.tile<16x64xi16, vec>
// CHECK:      %[[S:.*]] = tile.add
// CHECK:      %[[L:.*]] = tile.shl %[[S]], %{{.*}} : !tile.tile<16x64xi16, vec>, i16
// CHECK:      %[[R:.*]] = tile.shr %[[L]], %{{.*}} : !tile.tile<16x64xi16, vec>, i16
// CHECK-NEXT: %[[F:.*]] = tile.cast rint %[[R]] : {{.*}} -> !tile.tile<16x64xf16, vec>
// CHECK-NEXT: %r = tile.cast trunc %[[F]] : {{.*}} -> !tile.tile<16x64xi8, vec>
func.func @bytes(%x: !tile.tensor<16x64xi8>, %y: !tile.tensor<16x64xi8>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8, vec>
  %r = tile.add %a, %a : !tile.tile<16x64xi8, vec>, !tile.tile<16x64xi8, vec> -> !tile.tile<16x64xi8, vec>
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xi8, vec>, !tile.tensor<16x64xi8>
  func.return
}
