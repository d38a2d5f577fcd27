// RUN: pto-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{a tensor has at least one dimension [TW0102]}}
func.func private @tensor_rank(!tile.tensor<i8>)

// -----

// expected-error@+1 {{tensor dimensions are positive, got 16x0 [TW0102]}}
func.func private @tensor_extent(!tile.tensor<16x0xi8>)

// -----

// expected-error@+1 {{i7 is no element type of this chip; there are i1, i8, ui8, i16,}}
func.func private @tensor_element(!tile.tensor<16x32xi7>)

// -----

// expected-error@+1 {{index is no element type of this chip; there are i1, i8, ui8, i16,}}
func.func private @tensor_of_indices(!tile.tensor<16x32xindex>)

// -----

// expected-error@+1 {{out of range for type i64}}
func.func private @tensor_too_large(!tile.tensor<99999999999999999999xi8>)

// -----

// expected-error@+1 {{a tile has two dimensions, got 16x32x4 [TW0103]}}
func.func private @tile_rank(!tile.tile<16x32x4xi8>)

// -----

// expected-error@+1 {{a tile has two dimensions, got none [TW0103]}}
func.func private @tile_without_dimensions(!tile.tile<i8>)

// -----

// expected-error@+1 {{tile dimensions are static and positive, got ?x32 [TW0103]}}
func.func private @tile_dynamic(!tile.tile<?x32xi8>)

// -----

// expected-error@+1 {{tile dimensions are static and positive, got 16x0 [TW0103]}}
func.func private @tile_extent(!tile.tile<16x0xi8>)

// -----

// expected-error@+1 {{the valid part 17x32 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_too_large(!tile.tile<16x32xi8, valid = 17x32>)

// -----

// expected-error@+1 {{the valid part 0x32 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_empty(!tile.tile<16x32xi8, valid = 0x32>)

// -----

// expected-error@+1 {{the valid part 5x? does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_dynamic(!tile.tile<16x32xi8, valid = 5x?>)

// -----

// expected-error@+1 {{the valid part 5 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_rank(!tile.tile<16x32xi8, valid = 5>)

// -----

// expected-error@+1 {{si8 is no element type of this chip}}
func.func private @tile_element(!tile.tile<16x32xsi8, mat>)

// -----

// expected-error@+1 {{a ring has at least one slot [TW0105]}}
func.func private @ring_empty(!tile.ring<0 x !tile.tile<16x32xi8, mat>>)

// -----

// expected-error@+1 {{the tiles of a ring have a space [TW0105]}}
func.func private @ring_unplaced(!tile.ring<2 x !tile.tile<16x32xi8>>)

// -----

// expected-error@+1 {{i8 should be of base attribute tile.tile [TW0001]}}
func.func private @ring_of_numbers(!tile.ring<2 x i8>)
