// RUN: pto-opt %s -p plan-matmul | filecheck %s

// A loop with an unknown end stays, and its tiles with it; likewise one whose step is not the K of its tiles, and one
// that holds another matmul.
// CHECK-LABEL: func.func @kept(
// CHECK-COUNT-4: plan = {k_chunk = 128 : i64, a_resident = false
func.func @kept(%act: !tile.tensor<16x512xi8>, %act1: !tile.tensor<16x512xi8>, %w: !tile.tensor<512x64xi8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %c256 = arith.constant 256 : index
  %c512 = arith.constant 512 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %n step %c128 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  %s = scf.for %k = %c0 to %c512 step %c256 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  %t, %u = scf.for %k = %c0 to %c512 step %c128
      iter_args(%x = %zero, %y = %zero) -> (!tile.tile<16x64xi32>, !tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<512x64xi8> -> !tile.tile<128x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    %c = tile.load %act1[%c0, %k] : !tile.tensor<16x512xi8> -> !tile.tile<16x128xi8>
    %y1 = tile.matmul acc(%y) %c, %b : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1, %y1 : !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
  }
  func.return
}
