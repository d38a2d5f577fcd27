// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @left(%l: !pto.tile_buf<mat, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{%l sits in mat, the operand must be in left [TW0113]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<mat, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}

// -----

func.func @right(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<left, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{%r sits in left, the operand must be in right [TW0113]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<left, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}

// -----

func.func @acc(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<vec, 16x16xi32>) {
  // expected-error@+1 {{%a sits in vec, the operand must be in acc [TW0113]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<vec, 16x16xi32>)
  func.return
}

// -----

func.func @k(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 64x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{16x32 times 64x16 does not make 16x16 [TW0110]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 64x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}

// -----

func.func @shape(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x32xi32>) {
  // expected-error@+1 {{16x32 times 32x16 does not make 16x32 [TW0110]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x32xi32>)
  func.return
}

// -----

func.func @types(%l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xf32>) {
  // expected-error@+1 {{the cube unit does not multiply i8 with i8 into f32 [TW0108]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xf32>)
  func.return
}

// -----

func.func @too_large(%l: !pto.tile_buf<left, 1x32xi8>, %r: !pto.tile_buf<right, 32x4096xi8>, %a: !pto.tile_buf<acc, 1x4096xi32>) {
  // expected-error@+1 {{m, k and n are at most 4095, got 4096 [TW0119]}}
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 1x32xi8>, !pto.tile_buf<right, 32x4096xi8>)
    outs(%a : !pto.tile_buf<acc, 1x4096xi32>)
  func.return
}

// -----

func.func @another_accumulator(
    %l: !pto.tile_buf<left, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>,
    %b: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{%a is added to %b, but the hardware accumulates in place: both must be the same buffer [TW0121]}}
  pto.tmatmul.acc ins(%a, %l, %r : !pto.tile_buf<acc, 16x16xi32>, !pto.tile_buf<left, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%b : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}

// -----

// An accumulating matmul is checked like any other.
func.func @accumulating(%l: !pto.tile_buf<mat, 16x32xi8>, %r: !pto.tile_buf<right, 32x16xi8>, %a: !pto.tile_buf<acc, 16x16xi32>) {
  // expected-error@+1 {{%l sits in mat, the operand must be in left [TW0113]}}
  pto.tmatmul.acc ins(%a, %l, %r : !pto.tile_buf<acc, 16x16xi32>, !pto.tile_buf<mat, 16x32xi8>, !pto.tile_buf<right, 32x16xi8>)
    outs(%a : !pto.tile_buf<acc, 16x16xi32>)
  func.return
}
