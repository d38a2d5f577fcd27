// RUN: pto-opt %s -p begin-sums | filecheck %s

// In a turn a sum waits in its first one only, where the branch before did not begin it.
// CHECK-LABEL: func.func @first_of_a_pipeline(
// CHECK:         tile.pipeline stages(2) %[[K:.*]] = %[[LO:.*]] to
// CHECK:         %[[FIRST:.*]] = arith.cmpi eq, %[[K]], %[[LO]]
// CHECK:         init(%[[FIRST]])
// CHECK:         scf.yield %{{.*}}, %[[FIRST]]
func.func @first_of_a_pipeline(%x: !tile.tensor<16x128xi8>, %y: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %v: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %out1: !tile.tensor<16x32xi32>, %n: index, %flag: i1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %sum = tile.pipeline stages(2) %k = %c0 to %c128 step %c32 iter_args(%s = %zero) -> (!tile.tile<16x32xi32>) {
    %less = arith.cmpi slt, %k, %n : index
    %t = scf.if %less -> (!tile.tile<16x32xi32>) {
      %a = tile.load %x[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
      %b = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
      %p = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
      scf.yield %p : !tile.tile<16x32xi32>
    } else {
      scf.yield %s : !tile.tile<16x32xi32>
    }
    %a1 = tile.load %x[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b1 = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %r = tile.matmul acc(%t) %a1, %b1 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %r : !tile.tile<16x32xi32>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
