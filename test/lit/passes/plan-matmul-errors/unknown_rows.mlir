// RUN: pto-opt %s -p plan-matmul --verify-diagnostics

func.func @unknown_rows(%act: !tile.tensor<16x64xi8>, %w: !tile.tensor<64x32xi8>, %rows: index) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  // expected-error@+1 {{%a is an operand of a matmul, but only the running program knows how much of it holds data: !tile.tile<16x64xi8, valid = ?x64> [TW0213]}}
  %a = tile.load %act[%c0, %c0] valid(%rows, %c64) : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8, valid = ?x64>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<64x32xi8>
  %x = tile.matmul %a, %b : !tile.tile<16x64xi8, valid = ?x64>, !tile.tile<64x32xi8> -> !tile.tile<16x32xi32, valid = ?x32>
  func.return
}
