// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @no_right_operand(%a: !tile.tile<16x32xi8>) {
  // expected-error@+1 {{a matmul has at least one right operand [TW0111]}}
  %c = tile.matmul %a : !tile.tile<16x32xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @too_few_results(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{2 right operands make 2 results, got 1 [TW0111]}}
  %c = tile.matmul %a, %b, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8>, !tile.tile<32x16xi8>
    -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @too_many_accumulators(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %x: !tile.tile<16x16xi32>) {
  // expected-error@+1 {{1 right operands need 1 accumulators, got 2 [TW0111]}}
  %c = "tile.matmul"(%x, %x, %a, %b) <{operandSegmentSizes = array<i32: 2, 0, 1, 1>}>
    : (!tile.tile<16x16xi32>, !tile.tile<16x16xi32>, !tile.tile<16x32xi8>, !tile.tile<32x16xi8>)
    -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @init_alone(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %i: i1) {
  // expected-error@+1 {{init(...) chooses between acc(...) and a fresh start; there is no acc(...) [TW0111]}}
  %c = tile.matmul init(%i) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @shared_accumulator(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %x: !tile.tile<16x16xi32>) {
  // expected-error@+1 {{two results cannot share the accumulator %x: each needs one of its own [TW0109]}}
  %c, %d = tile.matmul acc(%x, %x) %a, %b, %b
    : !tile.tile<16x32xi8>, !tile.tile<32x16xi8>, !tile.tile<32x16xi8>
    -> !tile.tile<16x16xi32>, !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @accumulator_type(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>, %x: !tile.tile<16x16xi32, acc>) {
  // expected-error@+1 {{the accumulator %x is !tile.tile<16x16xi32, acc>, but its result is !tile.tile<16x16xi32> [TW0110]}}
  %c = "tile.matmul"(%x, %a, %b) <{operandSegmentSizes = array<i32: 1, 0, 1, 1>}>
    : (!tile.tile<16x16xi32, acc>, !tile.tile<16x32xi8>, !tile.tile<32x16xi8>) -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @k(%a: !tile.tile<16x32xi8>, %b: !tile.tile<64x16xi8>) {
  // expected-error@+1 {{K differs: %a is !tile.tile<16x32xi8>, %b is !tile.tile<64x16xi8> [TW0110]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<64x16xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @valid_k(%a: !tile.tile<16x64xi8>, %b: !tile.tile<64x16xi8, valid = 32x16>) {
  // expected-error@+1 {{K differs: %a is !tile.tile<16x64xi8>, %b is !tile.tile<64x16xi8, valid = 32x16> [TW0110]}}
  %c = tile.matmul %a, %b : !tile.tile<16x64xi8>, !tile.tile<64x16xi8, valid = 32x16> -> !tile.tile<16x16xi32>
  func.return
}

// -----

// The second right operand is checked like the first.
func.func @result_shape(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{!tile.tile<16x32xi8> times !tile.tile<32x16xi8> does not make !tile.tile<16x32xi32> [TW0110]}}
  %c, %d = tile.matmul %a, %b, %b
    : !tile.tile<16x32xi8>, !tile.tile<32x16xi8>, !tile.tile<32x16xi8>
    -> !tile.tile<16x16xi32>, !tile.tile<16x32xi32>
  func.return
}

// -----

func.func @result_valid(%a: !tile.tile<16x32xi8, valid = 5x32>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{does not make !tile.tile<16x16xi32> [TW0110]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8, valid = 5x32>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @result_element(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{i8 times i8 makes i32, the result is f32 [TW0108]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xf32>
  func.return
}

// -----

func.func @mixed_elements(%a: !tile.tile<16x32xf16>, %b: !tile.tile<32x16xbf16>) {
  // expected-error@+1 {{f16 times bf16 cannot be multiplied by the cube unit, the result is f32 [TW0108]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xf16>, !tile.tile<32x16xbf16> -> !tile.tile<16x16xf32>
  func.return
}

// -----

func.func @k_fractal(%a: !tile.tile<16x40xi8>, %b: !tile.tile<40x16xi8>) {
  // expected-error@+1 {{K is 40, which is not a multiple of 32 (the fractal of i8); pad both operands with zeros to 64 [TW0112]}}
  %c = tile.matmul %a, %b : !tile.tile<16x40xi8>, !tile.tile<40x16xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @left_space(%a: !tile.tile<16x32xi8, vec>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{%a sits in vec, but this matmul operand sits in mat or left [TW0113]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8, vec>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @right_space(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8, left>) {
  // expected-error@+1 {{%b sits in left, but this matmul operand sits in mat or right [TW0113]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8, left> -> !tile.tile<16x16xi32>
  func.return
}

// -----

func.func @result_space(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x16xi8>) {
  // expected-error@+1 {{%c sits in vec, but this matmul operand sits in acc [TW0113]}}
  %c = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x16xi8> -> !tile.tile<16x16xi32, vec>
  func.return
}
