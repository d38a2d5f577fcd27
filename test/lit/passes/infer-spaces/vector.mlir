// RUN: pto-opt %s -p infer-spaces | filecheck %s

// Tiles of a kernel without matmul sit in Vec, those that a loop carries too.
// CHECK-LABEL: func.func @sum(
// CHECK:         tile.full 0.000000e+00 : f32 : !tile.tile<16x64xf32, vec>
// CHECK:         scf.for {{.*}} -> (!tile.tile<16x64xf32, vec>) {
// CHECK:           tile.load {{.*}} -> !tile.tile<16x64xf32, vec>
// CHECK:         tile.store %{{.*}}, {{.*}} : !tile.tile<16x64xf32, vec>,
func.func @sum(%x: !tile.tensor<64x64xf32>, %y: !tile.tensor<16x64xf32>, %n: index, %s: index) {
  %c0 = arith.constant 0 : index
  %zero = tile.full 0.0 : f32 : !tile.tile<16x64xf32>
  %r = scf.for %i = %c0 to %n step %s iter_args(%u = %zero) -> (!tile.tile<16x64xf32>) {
    %a = tile.load %x[%i, %c0] : !tile.tensor<64x64xf32> -> !tile.tile<16x64xf32>
    %v = tile.add %u, %a : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
    scf.yield %v : !tile.tile<16x64xf32>
  }
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  func.return
}
