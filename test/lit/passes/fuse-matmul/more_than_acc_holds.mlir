// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Four accumulators of 32 KiB fill Acc (i32 rows are charged in steps of 32); the fifth matmul stands alone.
// CHECK-LABEL: func.func @more_than_acc_holds(
// CHECK:         %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} = tile.matmul %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} :
// CHECK:         %{{.*}} = tile.matmul %{{[a-z]*}}, %{{[a-z]*}} :
// CHECK-NOT:     tile.matmul
func.func @more_than_acc_holds(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x256xi8>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %s = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %t = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %u = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %v = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  func.return
}
