// RUN: pto-opt %s --verify-diagnostics

func.func @store_converts(%a: !tile.tile<16x32xi32, acc>, %t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{the path from acc to gm does not take i32 to i8 [TW0108]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xi32, acc>, !tile.tensor<16x32xi8>
  func.return
}
