// RUN: pto-opt %s --verify-diagnostics

func.func @matmul_without_types(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+2 {{Expected ':'}}
  %c = tile.matmul %a, %b
  func.return
}
