// RUN: pto-opt %s -p plan-matmul,lower-matmul | filecheck %s

// A condition on something else than the variable may hold in any turn.
// CHECK-LABEL: func.func @first_is_another(
// CHECK:         tile.empty
// CHECK:         tile.pipeline
// CHECK:         arith.cmpi
// CHECK:         tile.matmul
// CHECK:         tile.store
func.func @first_is_another(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %out: !tile.tensor<16x64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %a0 = tile.load %act[%c0, %c0] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
  %b0 = tile.load %w[%c64, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
  %s = tile.matmul %a0, %b0 : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %c256 step %c64 iter_args(%x = %s) -> (!tile.tile<16x64xi32>) {
    %first = arith.cmpi eq, %n, %c0 : index
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) init(%first) %a, %b : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}
