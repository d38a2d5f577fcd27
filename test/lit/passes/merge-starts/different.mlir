// RUN: pto-opt %s -p merge-starts | filecheck %s

// The arms multiply different windows: they stay two products.
// CHECK-LABEL: func.func @different(
// CHECK:         scf.if
func.func @different(%act: !tile.tensor<16x128xi8>, %b: !tile.tile<32x32xi8>, %s: !tile.tile<16x32xi32>, %first: i1,
                     %k: index, %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %x = scf.if %first -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %c0] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %p = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p : !tile.tile<16x32xi32>
  } else {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %p = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p : !tile.tile<16x32xi32>
  }
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
