// RUN: pto-opt %s -p merge-starts | filecheck %s

// Each branch loads for itself: both sums start in one arm and go on in the other, whichever arm that is.
// CHECK-LABEL: func.func @gate_up(
// CHECK-NOT:     scf.if
// CHECK:         %[[FIRST:.*]] = arith.cmpi eq
// CHECK:         %[[A:.*]] = tile.load %act
// CHECK:         tile.matmul acc(%g) init(%[[FIRST]]) %[[A]]
// CHECK:         tile.matmul acc(%u) init(%[[FIRST]]) %[[A]]
// CHECK-LABEL: func.func @turned(
// CHECK-NOT:     scf.if
// CHECK:         arith.cmpi sgt
// CHECK:         %[[OPPOSITE:.*]] = arith.cmpi sle, %k, %c0
// CHECK:         tile.matmul acc(%s) init(%[[OPPOSITE]])
func.func @gate_up(%act: !tile.tensor<16x128xi8>, %wg: !tile.tensor<128x32xi8>, %wu: !tile.tensor<128x32xi8>, %k: index,
                   %g: !tile.tile<16x32xi32>, %u: !tile.tile<16x32xi32>, %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %first = arith.cmpi eq, %k, %c0 : index
  %x, %y = scf.if %first -> (!tile.tile<16x32xi32>, !tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %wg[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %p = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    %c = tile.load %wu[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %q = tile.matmul %a, %c : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p, %q : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  } else {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %wg[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %p = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    %c = tile.load %wu[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %q = tile.matmul acc(%u) %a, %c : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p, %q : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  }
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %y, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
func.func @turned(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %s: !tile.tile<16x32xi32>, %k: index,
                  %out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %later = arith.cmpi sgt, %k, %c0 : index
  %x = scf.if %later -> (!tile.tile<16x32xi32>) {
    %p = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p : !tile.tile<16x32xi32>
  } else {
    %p = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p : !tile.tile<16x32xi32>
  }
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}
