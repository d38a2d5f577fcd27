// RUN: pto-opt %s -p infer-spaces | filecheck %s

// A load whose valid part is known at run time only keeps to one buffer in a pipeline.
// CHECK: tile.load %{{.*}} valid(%n, %n) {slots = 1 : i64}
func.func @open_load(%x: !tile.tensor<64x64xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] valid(%n, %n) : !tile.tensor<64x64xf32> -> !tile.tile<16x64xf32, valid = ?x?>
  tile.store %a, %x[%c0, %c0] : !tile.tile<16x64xf32, valid = ?x?>, !tile.tensor<64x64xf32>
  func.return
}
