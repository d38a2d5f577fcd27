// RUN: pto-opt %s --verify-diagnostics

func.func @full_element_type() {
  // expected-error@+1 {{a tile of i8 cannot be filled with a value of type i32 [TW0108]}}
  %x = tile.full 0 : i32 : !tile.tile<16x32xi8>
  func.return
}
