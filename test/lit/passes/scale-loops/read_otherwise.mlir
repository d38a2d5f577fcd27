// RUN: pto-opt %s -p scale-loops | filecheck %s

// The number of the chunk itself is needed, too: the loop stays as it is.
// CHECK-LABEL: func.func @numbered(
// CHECK:         scf.for %[[I:.*]] =
// CHECK:           arith.muli %[[I]]
func.func @numbered(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x32xi8>, %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c4 step %c1 {
    %k = arith.muli %i, %c64 : index
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x32xi8> -> !tile.tile<64x32xi8>
    %s1 = tile.matmul %a, %b : !tile.tile<16x64xi8>, !tile.tile<64x32xi8> -> !tile.tile<16x32xi32>
    tile.store %s1, %out[%i, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  }
  func.return
}
