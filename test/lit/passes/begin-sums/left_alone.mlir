// RUN: pto-opt %s -p begin-sums | filecheck %s

// No branch hands this sum on: lower-matmul knows where it begins.
// CHECK-LABEL: func.func @left_alone(
// CHECK:         tile.full 0
// CHECK:         tile.matmul acc(%{{.*}}) %{{.*}} :
func.func @left_alone(%x: !tile.tile<16x32xi8>, %w: !tile.tile<32x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %c4 step %c1 iter_args(%s = %zero) -> (!tile.tile<16x64xi32>) {
    %more = tile.matmul acc(%s) %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %more : !tile.tile<16x64xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
