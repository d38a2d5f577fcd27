// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @used_twice(%l: !tile.tile<16x64xi8, left>) {
  %left = tile.empty : !tile.tile<16x64xi8, left>
  %right = tile.empty : !tile.tile<64x64xi8, right>
  %x = tile.matmul %left, %right
    : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
  // expected-error@+3 {{an accumulator is never copied: %x is updated in place as %y, but tile.matmul reads %x as well [TW0301]}}
  // expected-note@+2 {{there is no data path from acc to acc}}
  // expected-note@+1 {{give the second reader an accumulator of its own, or let it read %y}}
  %y = tile.matmul acc(%x) %left, %right
    : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %z = tile.matmul acc(%x) %left, %right
    : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
  func.return
}
