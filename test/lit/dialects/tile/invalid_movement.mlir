// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @load_rank(%t: !tile.tensor<4x16x32xi8>, %i: index) {
  // expected-error@+1 {{a tile is cut from a tensor of two dimensions, got 4x16x32 [TW0106]}}
  %a = tile.load %t[%i, %i, %i] : !tile.tensor<4x16x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

// -----

func.func @load_offsets(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{%t has 2 dimensions, but 1 offsets are given [TW0106]}}
  %a = tile.load %t[%i] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

// -----

func.func @load_too_wide(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{0 to 64 lies outside of %t: dimension 1 has 32 [TW0106]}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x32xi8> -> !tile.tile<16x64xi8>
  func.return
}

// -----

func.func @load_beyond(%t: !tile.tensor<16x32xi8>) {
  %one = arith.constant 1 : index
  // expected-error@+1 {{1 to 17 lies outside of %t: dimension 0 has 16 [TW0106]}}
  %a = tile.load %t[%one, %one] : !tile.tensor<16x32xi8> -> !tile.tile<16x16xi8>
  func.return
}

// -----

func.func @load_before(%t: !tile.tensor<?x32xi8>, %i: index) {
  %back = arith.constant -1 : index
  // expected-error@+1 {{-1 to 15 lies outside of %t: dimension 0 has a dynamic extent [TW0106]}}
  %a = tile.load %t[%back, %i] : !tile.tensor<?x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

// -----

func.func @load_into_left(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{there is no data path from gm to left on this chip [TW0107]}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

func.func @load_converts(%t: !tile.tensor<16x32xf32>, %i: index) {
  // expected-error@+1 {{the path from gm to vec does not take f32 to f16 [TW0108]}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x32xf32> -> !tile.tile<16x32xf16, vec>
  func.return
}

// -----

func.func @ring_of_another_type(%t: !tile.tensor<16x32xi8>, %i: index, %r: !tile.ring<2 x !tile.tile<16x64xi8, mat>>) {
  // expected-error@+1 {{a ring of !tile.tile<16x64xi8, mat> cannot hold !tile.tile<16x32xi8, mat> [TW0105]}}
  %a = tile.load %t[%i, %i] into %r[%i] of !tile.ring<2 x !tile.tile<16x64xi8, mat>>
    : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8, mat>
  func.return
}

// -----

func.func @ring_without_slot(%a: !tile.tile<16x32xi8, mat>, %r: !tile.ring<2 x !tile.tile<16x32xi8, left>>) {
  // expected-error@+1 {{a ring comes with a slot: into %ring[%slot] [TW0105]}}
  %b = "tile.move"(%a, %r) <{operandSegmentSizes = array<i32: 1, 1, 0>}>
    : (!tile.tile<16x32xi8, mat>, !tile.ring<2 x !tile.tile<16x32xi8, left>>) -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

func.func @slot_without_ring(%a: !tile.tile<16x32xi8, mat>, %i: index) {
  // expected-error@+1 {{a ring comes with a slot: into %ring[%slot] [TW0105]}}
  %b = "tile.move"(%a, %i) <{operandSegmentSizes = array<i32: 1, 0, 1>}>
    : (!tile.tile<16x32xi8, mat>, index) -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

func.func @store_rank(%a: !tile.tile<16x32xi8>, %t: !tile.tensor<512xi8>, %i: index) {
  // expected-error@+1 {{a tile is cut from a tensor of two dimensions, got 512 [TW0106]}}
  tile.store %a, %t[%i] : !tile.tile<16x32xi8>, !tile.tensor<512xi8>
  func.return
}

// -----

func.func @store_outside(%a: !tile.tile<16x32xi8>, %t: !tile.tensor<8x32xi8>, %i: index) {
  // expected-error@+1 {{0 to 16 lies outside of %t: dimension 0 has 8 [TW0106]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xi8>, !tile.tensor<8x32xi8>
  func.return
}

// -----

func.func @store_from_left(%a: !tile.tile<16x32xi8, left>, %t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{there is no data path from left to gm on this chip [TW0107]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xi8, left>, !tile.tensor<16x32xi8>
  func.return
}

// -----

func.func @store_converts(%a: !tile.tile<16x32xi32, acc>, %t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{the path from acc to gm does not take i32 to i8 [TW0108]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xi32, acc>, !tile.tensor<16x32xi8>
  func.return
}

// -----

func.func @store_converts_unplaced(%a: !tile.tile<16x32xf16>, %t: !tile.tensor<16x32xf32>, %i: index) {
  // expected-error@+1 {{the path from acc to gm does not take f16 to f32 [TW0108]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xf16>, !tile.tensor<16x32xf32>
  func.return
}

// -----

func.func @move_within_acc(%a: !tile.tile<16x32xi32, acc>) {
  // expected-error@+1 {{an accumulator is never copied: %a would move from acc to acc as %b [TW0109]}}
  %b = tile.move %a : !tile.tile<16x32xi32, acc> -> !tile.tile<16x32xi32, acc>
  func.return
}

// -----

func.func @move_unplaced(%a: !tile.tile<16x32xi8>) {
  // expected-error@+1 {{a move is between two memories; both tiles need a space [TW0107]}}
  %b = tile.move %a : !tile.tile<16x32xi8> -> !tile.tile<16x32xi8, mat>
  func.return
}

// -----

func.func @move_shape(%a: !tile.tile<16x32xi8, mat>) {
  // expected-error@+1 {{a move keeps the shape, got !tile.tile<16x32xi8, mat> -> !tile.tile<16x64xi8, left> [TW0110]}}
  %b = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x64xi8, left>
  func.return
}

// -----

func.func @move_valid(%a: !tile.tile<16x32xi8, mat>) {
  // expected-error@+1 {{a move keeps the shape, got !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left, valid = 5x32>}}
  %b = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left, valid = 5x32>
  func.return
}

// -----

func.func @move_path(%a: !tile.tile<16x32xi8, vec>) {
  // expected-error@+1 {{there is no data path from vec to left on this chip [TW0107]}}
  %b = tile.move %a : !tile.tile<16x32xi8, vec> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

func.func @move_converts(%a: !tile.tile<16x32xi32, mat>) {
  // expected-error@+1 {{the path from mat to left does not take i32 to i32 [TW0108]}}
  %b = tile.move %a : !tile.tile<16x32xi32, mat> -> !tile.tile<16x32xi32, left>
  func.return
}

// -----

func.func @extract_offsets(%a: !tile.tile<16x32xi8, mat>, %i: index) {
  // expected-error@+1 {{%a has 2 dimensions, but 3 offsets are given [TW0106]}}
  %b = tile.extract %a[%i, %i, %i] : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

func.func @extract_outside(%a: !tile.tile<16x64xi8, mat>) {
  %i = arith.constant 0 : index
  %j = arith.constant 48 : index
  // expected-error@+1 {{48 to 80 lies outside of %a: dimension 1 has 64 [TW0106]}}
  %b = tile.extract %a[%i, %j] : !tile.tile<16x64xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

func.func @extract_half_placed(%a: !tile.tile<16x64xi8>, %i: index) {
  // expected-error@+1 {{the tiles of an extract both have a space, or neither has [TW0107]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xi8> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

func.func @extract_converts_unplaced(%a: !tile.tile<16x64xf32>, %i: index) {
  // expected-error@+1 {{an extract keeps the element type, got !tile.tile<16x64xf32> -> !tile.tile<16x32xf16> [TW0108]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xf32> -> !tile.tile<16x32xf16>
  func.return
}

// -----

func.func @extract_into_vec(%a: !tile.tile<16x64xi8, vec>, %i: index) {
  // expected-error@+1 {{an extract goes from mat to left or right, not from vec to vec [TW0107]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xi8, vec> -> !tile.tile<16x32xi8, vec>
  func.return
}

// -----

func.func @extract_from_acc(%a: !tile.tile<16x64xf32, acc>, %i: index) {
  // expected-error@+1 {{there is no data path from acc to left on this chip [TW0107]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xf32, acc> -> !tile.tile<16x32xf32, left>
  func.return
}

// -----

func.func @extract_ring(%a: !tile.tile<16x64xi8, mat>, %i: index, %r: !tile.ring<2 x !tile.tile<16x32xi8, right>>) {
  // expected-error@+1 {{a ring of !tile.tile<16x32xi8, right> cannot hold !tile.tile<16x32xi8, left> [TW0105]}}
  %b = tile.extract %a[%i, %i] into %r[%i] of !tile.ring<2 x !tile.tile<16x32xi8, right>>
    : !tile.tile<16x64xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

// -----

// A value without a name is named by the op that makes it.
func.func @unnamed() {
  %0 = tile.empty : !tile.tile<16x32xi32, acc>
  // expected-error@+1 {{the result of tile.empty would move from acc to acc as the result of tile.move [TW0109]}}
  %1 = tile.move %0 : !tile.tile<16x32xi32, acc> -> !tile.tile<16x32xi32, acc>
  func.return
}
