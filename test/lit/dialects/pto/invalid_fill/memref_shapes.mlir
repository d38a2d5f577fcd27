// RUN: pto-opt %s --verify-diagnostics

func.func @memref_shapes(%m: memref<16x32xi8, #pto.address_space<vec>>, %n: memref<8x32xi8, #pto.address_space<vec>>) {
  // expected-error@+1 {{%m is 16x32, %n is 8x32 [TW0110]}}
  pto.tfillpad ins(%m : memref<16x32xi8, #pto.address_space<vec>>) outs(%n : memref<8x32xi8, #pto.address_space<vec>>)
  func.return
}
