// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s

// A tensor has any rank; a dimension may be dynamic.
// CHECK-LABEL: func.func private @tensor(
// CHECK-SAME:    !tile.tensor<5120xi8>, !tile.tensor<16x5120xi8>, !tile.tensor<?x5120xbf16>, !tile.tensor<2x?x?x64xf32>)
func.func private @tensor(
  !tile.tensor<5120xi8>, !tile.tensor<16x5120xi8>, !tile.tensor<?x5120xbf16>, !tile.tensor<2x?x?x64xf32>)

// Every element type.
// CHECK-LABEL: func.func private @elements(
// CHECK-SAME:    !tile.tile<1x1xi8>, !tile.tile<1x1xi32>, !tile.tile<1x1xf16>, !tile.tile<1x1xbf16>, !tile.tile<1x1xf32>)
func.func private @elements(
  !tile.tile<1x1xi8>, !tile.tile<1x1xi32>, !tile.tile<1x1xf16>, !tile.tile<1x1xbf16>, !tile.tile<1x1xf32>)

// Every memory.
// CHECK-LABEL: func.func private @spaces(
// CHECK-SAME:    !tile.tile<16x32xi8, mat>, !tile.tile<16x32xi8, left>, !tile.tile<16x32xi8, right>,
// CHECK-SAME:    !tile.tile<16x32xi32, acc>, !tile.tile<16x32xi8, vec>, !tile.tile<1x32xi8, bias>,
// CHECK-SAME:    !tile.tile<1x32xi8, scaling>)
func.func private @spaces(
  !tile.tile<16x32xi8, mat>, !tile.tile<16x32xi8, left>, !tile.tile<16x32xi8, right>,
  !tile.tile<16x32xi32, acc>, !tile.tile<16x32xi8, vec>, !tile.tile<1x32xi8, bias>,
  !tile.tile<1x32xi8, scaling>)

// The valid part may stand before or after the memory, and is printed where it is smaller than the tile.
// CHECK-LABEL: func.func private @valid(
// CHECK-SAME:    !tile.tile<16x512xi8, valid = 5x512>, !tile.tile<16x512xi8, mat, valid = 16x500>,
// CHECK-SAME:    !tile.tile<16x512xi8, mat, valid = 1x1>, !tile.tile<16x512xi8, mat>)
func.func private @valid(
  !tile.tile<16x512xi8, valid = 5x512>, !tile.tile<16x512xi8, mat, valid = 16x500>,
  !tile.tile<16x512xi8, valid = 1x1, mat>, !tile.tile<16x512xi8, mat, valid = 16x512>)

// CHECK-LABEL: func.func private @ring(
// CHECK-SAME:    !tile.ring<1 x !tile.tile<16x32xi8, left>>, !tile.ring<3 x !tile.tile<128x256xi8, mat, valid = 100x256>>)
func.func private @ring(
  !tile.ring<1 x !tile.tile<16x32xi8, left>>, !tile.ring<3 x !tile.tile<128x256xi8, mat, valid = 100x256>>)

// CHECK-LABEL: func.func private @space_attribute() -> () attributes {space = #tile<space mat>}
func.func private @space_attribute() attributes {space = #tile<space mat>}

// What is valid may be known at run time only.
// CHECK-LABEL: func.func private @dynamic_valid(
// CHECK-SAME:    !tile.tile<16x64xf32, valid = ?x?>, !tile.tile<16x64xf32, vec, valid = ?x64>, !tile.tile<16x64xi1, valid = 5x?>)
func.func private @dynamic_valid(
  !tile.tile<16x64xf32, valid = ?x?>, !tile.tile<16x64xf32, valid = ?x64, vec>, !tile.tile<16x64xi1, valid = 5x?>)

// CHECK-LABEL: func.func private @choices() -> () attributes
// CHECK-SAME:    a = #tile<atomic add>, b = #tile<mask_pattern P0101>, c = #tile<pad_value min>
// CHECK-SAME:    d = #tile<predicate lt>, e = #tile<round_mode rint>
func.func private @choices() attributes {
  a = #tile<atomic add>, b = #tile<mask_pattern P0101>, c = #tile<pad_value min>,
  d = #tile<predicate lt>, e = #tile<round_mode rint>}
