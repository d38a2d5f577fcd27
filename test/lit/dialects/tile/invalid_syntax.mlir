// RUN: pto-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{'<' expected}}
func.func private @no_parameters(!tile.tile)

// -----

// expected-error@+1 {{Expected shape type.}}
func.func private @no_element(!tile.tensor<16x>)

// -----

// expected-error@+1 {{Expected `mat`, `left`, `right`, `acc`, `vec`, `bias`, or `scaling`.}}
func.func private @unknown_space(!tile.tile<16x32xi8, gm>)

// -----

// expected-error@+1 {{a tile has one space and one valid part}}
func.func private @two_spaces(!tile.tile<16x32xi8, mat, left>)

// -----

// expected-error@+1 {{Expected `mat`,}}
func.func private @two_valid_parts(!tile.tile<16x32xi8, valid = 5x5, valid = 6x6>)

// -----

// expected-error@+1 {{Expected '='}}
func.func private @valid_without_extents(!tile.tile<16x32xi8, valid 5x5>)

// -----

// expected-error@+1 {{Expected integer literal}}
func.func private @ring_negative(!tile.ring<-1 x !tile.tile<16x32xi8, mat>>)

// -----

// expected-error@+1 {{Expected 'x'}}
func.func private @ring_without_x(!tile.ring<2, !tile.tile<16x32xi8, mat>>)

// -----

// expected-error@+1 {{unknown operation 'tile.laod'}}
%x = tile.laod
// expected-note@-1 {{did you mean 'tile.load'?}}

// -----

func.func @load_without_offsets(%t: !tile.tensor<16x32xi8>) {
  // expected-error@+1 {{Expected '['}}
  %a = tile.load %t : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

// -----

func.func @load_wrong_type(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{operand is used with type !tile.tensor<16x33xi8>, but has been previously used or defined with type !tile.tensor<16x32xi8>}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x33xi8> -> !tile.tile<16x32xi8>
  func.return
}

// -----

func.func @load_into_nothing(%t: !tile.tensor<16x32xi8>, %i: index, %r: !tile.ring<2 x !tile.tile<16x32xi8, mat>>) {
  // expected-error@+1 {{Expected '['}}
  %a = tile.load %t[%i, %i] into %r : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8, mat>
  func.return
}

// -----

func.func @matmul_without_types(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+2 {{Expected ':'}}
  %c = tile.matmul %a, %b
  func.return
}

// -----

func.func @matmul_with_too_few_types(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{expected 1 operand types but had 2}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @matmul_accumulators(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %c: !tile.tile<16x16xi32>) {
  // expected-error@+1 {{1 results take as many accumulators, got 2}}
  %d = tile.matmul acc(%c, %c) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @pipeline_without_stages(%n: index) {
  // expected-error@+1 {{Expected 'stages'}}
  tile.pipeline %i = %n to %n step %n {
  }
  func.return
}

// -----

func.func @pipeline_without_step(%n: index) {
  // expected-error@+1 {{Expected 'step'}}
  tile.pipeline stages(2) %i = %n to %n {
  }
  func.return
}

// -----

func.func @pipeline_with_too_few_types(%n: index) {
  // expected-error@+1 {{expected 1 operand types but had 2}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n, %y = %n) -> (index) {
    tile.yield %x : index
  }
  func.return
}

// -----

func.func @pipeline_without_types(%n: index) {
  // expected-error@+1 {{Expected '->'}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n) {
    tile.yield %x : index
  }
  func.return
}
