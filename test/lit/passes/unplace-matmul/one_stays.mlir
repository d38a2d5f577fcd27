// RUN: pto-opt %s -p unplace-matmul | filecheck %s

// A matmul whose load another matmul reads from its place stays placed, and so does the sum of both.
// CHECK-LABEL: func.func @one_stays(
// CHECK:         tile.move %{{.*}} {slots = 2 : i64}
// CHECK:         tile.matmul %{{.*}} -> !tile.tile<16x64xi32, acc>
// CHECK:         tile.matmul acc(%{{.*}}) %{{.*}} -> !tile.tile<16x64xi32, acc>
func.func @one_stays(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %a = tile.load %act[%c0, %c32] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8, mat>
  %b = tile.load %w[%c32, %c0] : !tile.tensor<128x64xi8> -> !tile.tile<32x64xi8, mat>
  %b1 = tile.load %w[%c64, %c0] : !tile.tensor<128x64xi8> -> !tile.tile<32x64xi8, mat>
  %l = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
  %r = tile.move %b {slots = 2 : i64} : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %l1 = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
  %r1 = tile.move %b1 : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
  %t = tile.matmul acc(%s) %l1, %r1 : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  tile.store %t, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}
