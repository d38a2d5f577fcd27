// RUN: pto-opt %s -p begin-sums | filecheck %s

// A pipeline hands on whether any of its turns has begun the sum.
// CHECK-LABEL: func.func @waits_in_a_pipeline(
// CHECK:         tile.pipeline stages(3) {{.*}} iter_args(%{{.*}} = %{{.*}}, %[[WAITING:.*]] = %{{.*}}) -> (!tile.tile<16x32xi32>, i1)
// CHECK:         init(%[[WAITING]])
// CHECK:         tile.yield %{{.*}}, %{{.*}} : !tile.tile<16x32xi32>, i1
func.func @waits_in_a_pipeline(%x: !tile.tensor<16x128xi8>, %y: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %v: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %out1: !tile.tensor<16x32xi32>, %n: index, %flag: i1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %t = tile.pipeline stages(3) %k = %c0 to %c128 step %c32 iter_args(%s = %zero) -> (!tile.tile<16x32xi32>) {
    %less = arith.cmpi slt, %k, %n : index
    %t_1 = scf.if %less -> (!tile.tile<16x32xi32>) {
      %a = tile.load %x[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
      %b = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
      %p = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
      scf.yield %p : !tile.tile<16x32xi32>
    } else {
      scf.yield %s : !tile.tile<16x32xi32>
    }
    tile.yield %t_1 : !tile.tile<16x32xi32>
  }
  %a1 = tile.load %x[%c0, %c64] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %b1 = tile.load %w[%c64, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %sum = tile.matmul acc(%t) %a1, %b1 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
