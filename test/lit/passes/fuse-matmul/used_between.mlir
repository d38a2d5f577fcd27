// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// The first result is needed before the second matmul, here inside a loop.
// CHECK-LABEL: func.func @used_between(
// CHECK-COUNT-2: tile.matmul %{{[a-z0-9]*}}, %{{[a-z0-9]*}} :
func.func @used_between(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %t: !tile.tensor<16x32xi32>, %n: index) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  scf.for %k = %n to %n step %n {
    tile.store %r, %t[%n, %n] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  }
  %s = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}
