// RUN: pto-opt %s --verify-diagnostics

func.func @init_alone(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %i: i1) {
  // expected-error@+1 {{init(...) chooses between acc(...) and a fresh start; there is no acc(...) [TW0111]}}
  %c = tile.matmul init(%i) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}
