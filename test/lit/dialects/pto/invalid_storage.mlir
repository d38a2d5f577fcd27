// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @misaligned() {
  %a = arith.constant 48 : i64
  // expected-error@+1 {{address 48 is not a multiple of the 32 bytes that mat needs [TW0116]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<mat, 16x32xi8>
  func.return
}

// -----

func.func @misaligned_in_left() {
  %a = arith.constant 32 : i64
  // expected-error@+1 {{address 32 is not a multiple of the 512 bytes that left needs [TW0116]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<left, 16x32xi8>
  func.return
}

// -----

func.func @negative() {
  %a = arith.constant -32 : i64
  // expected-error@+1 {{address -32 is negative [TW0116]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<mat, 16x32xi8>
  func.return
}

// -----

func.func @beyond() {
  %a = arith.constant 523808 : i64
  // expected-error@+1 {{the buffer ends at 524320, but mat has 524288 bytes [TW0117]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<mat, 16x32xi8>
  func.return
}

// -----

// Sixteen rows of i32 are charged as 32 in Acc.
func.func @row_step() {
  %a = arith.constant 114688 : i64
  // expected-error@+1 {{the buffer ends at 147456, but acc has 131072 bytes [TW0117]}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<acc, 16x256xi32>
  func.return
}

// -----

func.func @several_misaligned() {
  %a = arith.constant 1 : i64
  // expected-error@+1 {{address 1 is not a multiple of the 32 bytes that mat needs [TW0116]}}
  %t = pto.alloc_multi_tile addr = %a : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2>
  func.return
}

// -----

func.func @several_beyond() {
  %a = arith.constant 0 : i64
  // expected-error@+1 {{the buffer ends at 786432, but mat has 524288 bytes [TW0117]}}
  %t = pto.alloc_multi_tile addr = %a : !pto.multi_tile_buf<!pto.tile_buf<mat, 512x512xi8>, count=3>
  func.return
}

// -----

func.func @valid_row_missing() {
  // expected-error@+1 {{valid_row is required: the type says ? [TW0118]}}
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x32xi8, valid=?x32>
  func.return
}

// -----

func.func @valid_col_missing(%r: index) {
  // expected-error@+1 {{valid_col is required: the type says ? [TW0118]}}
  %t = pto.alloc_tile valid_row = %r : !pto.tile_buf<vec, 16x32xi8, valid=?x?>
  func.return
}

// -----

func.func @valid_row_given(%r: index) {
  // expected-error@+1 {{valid_row must be absent: the type says 16 [TW0118]}}
  %t = pto.alloc_tile valid_row = %r : !pto.tile_buf<vec, 16x32xi8>
  func.return
}

// -----

func.func @valid_col_given(%r: index) {
  // expected-error@+1 {{valid_col must be absent: the type says 30 [TW0118]}}
  %t = pto.alloc_tile valid_col = %r : !pto.tile_buf<vec, 16x32xi8, valid=16x30>
  func.return
}

// -----

func.func @slot_type(%r: !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2>, %i: index) {
  // expected-error@+1 {{rows=16, cols=32, v_row=16, v_col=32, blayout=row_major, slayout=none_box, fractal=512, pad=0>, not !pto.tile_buf<loc=mat, dtype=i8, rows=16, cols=64,}}
  %t = pto.multi_tile_get %r[%i]
    : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2> -> !pto.tile_buf<mat, 16x64xi8>
  func.return
}

// -----

func.func @slot_number(%r: !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2>) {
  %i = arith.constant 2 : index
  // expected-error@+1 {{slot 2 does not exist: the ring has 2 [TW0105]}}
  %t = pto.multi_tile_get %r[%i]
    : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2> -> !pto.tile_buf<mat, 16x32xi8>
  func.return
}

// -----

func.func @slot_negative(%r: !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2>) {
  %i = arith.constant -1 : index
  // expected-error@+1 {{slot -1 does not exist: the ring has 2 [TW0105]}}
  %t = pto.multi_tile_get %r[%i]
    : !pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=2> -> !pto.tile_buf<mat, 16x32xi8>
  func.return
}
