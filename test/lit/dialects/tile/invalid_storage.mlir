// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @empty_of_tensor() {
  // expected-error@+1 {{should be of base attribute tile.tile [TW0100]}}
  %x = "tile.empty"() : () -> !tile.tensor<16x32xi8>
  func.return
}

// -----

func.func @full_element_type() {
  // expected-error@+1 {{a tile of i8 cannot be filled with a value of type i32 [TW0108]}}
  %x = tile.full 0 : i32 : !tile.tile<16x32xi8>
  func.return
}

// -----

func.func @full_in_acc() {
  // expected-error@+1 {{only vec can be filled with a constant, not acc [TW0107]}}
  %x = tile.full 0 : i32 : !tile.tile<16x32xi32, acc>
  func.return
}

// -----

func.func @full_of_nothing() {
  // expected-error@+1 {{[TW0100]}}
  %x = "tile.full"() <{value = "zero"}> : () -> !tile.tile<16x32xi32>
  func.return
}

// -----

func.func @ring_of_tile() {
  // expected-error@+1 {{should be of base attribute tile.ring [TW0100]}}
  %x = "tile.ring"() : () -> !tile.tile<16x32xi8>
  func.return
}
