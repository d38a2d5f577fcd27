// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @load_path(%p: !pto.partition_tensor_view<16x32xi8>, %t: !pto.tile_buf<left, 16x32xi8>) {
  // expected-error@+1 {{there is no data path from gm to left on this chip [TW0107]}}
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xi8>) outs(%t : !pto.tile_buf<left, 16x32xi8>)
  func.return
}

// -----

func.func @load_converts(%p: !pto.partition_tensor_view<16x32xf32>, %t: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{the path from gm to vec does not take f32 to f16 [TW0108]}}
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xf32>) outs(%t : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

// -----

func.func @load_rows(%p: !pto.partition_tensor_view<8x32xi8>, %t: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{the window has 8 rows, the valid part of the tile has 16 [TW0110]}}
  pto.tload ins(%p : !pto.partition_tensor_view<8x32xi8>) outs(%t : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

// -----

func.func @load_columns(%p: !pto.partition_tensor_view<16x32xi8>, %t: !pto.tile_buf<vec, 16x32xi8, valid=16x30>) {
  // expected-error@+1 {{the window has 32 columns, the valid part of the tile has 30 [TW0110]}}
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xi8>) outs(%t : !pto.tile_buf<vec, 16x32xi8, valid=16x30>)
  func.return
}

// -----

func.func @load_too_many_rows(%p: !pto.partition_tensor_view<16400x1xi8>, %t: !pto.tile_buf<mat, 16400x1xi8>) {
  // expected-error@+1 {{a load takes at most 16384 rows, got 16400 [TW0119]}}
  pto.tload ins(%p : !pto.partition_tensor_view<16400x1xi8>) outs(%t : !pto.tile_buf<mat, 16400x1xi8>)
  func.return
}

// -----

func.func @store_path(%t: !pto.tile_buf<right, 16x32xi8>, %p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+1 {{there is no data path from right to gm on this chip [TW0107]}}
  pto.tstore ins(%t : !pto.tile_buf<right, 16x32xi8>) outs(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

// -----

func.func @store_converts(%t: !pto.tile_buf<acc, 16x32xi32>, %p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+1 {{the path from acc to gm does not take i32 to i8 [TW0108]}}
  pto.tstore ins(%t : !pto.tile_buf<acc, 16x32xi32>) outs(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

// -----

func.func @store_window(%t: !pto.tile_buf<vec, 16x32xi8, valid=5x32>, %p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+1 {{the window has 16 rows, the valid part of the tile has 5 [TW0110]}}
  pto.tstore ins(%t : !pto.tile_buf<vec, 16x32xi8, valid=5x32>) outs(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

// -----

func.func @store_too_wide(%t: !pto.tile_buf<acc, 16x4096xi32>, %p: !pto.partition_tensor_view<16x4096xi32>) {
  // expected-error@+1 {{a store from acc takes at most 8192x4095, got 16x4096 [TW0119]}}
  pto.tstore ins(%t : !pto.tile_buf<acc, 16x4096xi32>) outs(%p : !pto.partition_tensor_view<16x4096xi32>)
  func.return
}

// -----

func.func @store_too_tall(%t: !pto.tile_buf<acc, 8208x16xi32>, %p: !pto.partition_tensor_view<8208x16xi32>) {
  // expected-error@+1 {{a store from acc takes at most 8192x4095, got 8208x16 [TW0119]}}
  pto.tstore ins(%t : !pto.tile_buf<acc, 8208x16xi32>) outs(%p : !pto.partition_tensor_view<8208x16xi32>)
  func.return
}

// -----

func.func @move_within_acc(%a: !pto.tile_buf<acc, 16x32xi32>, %b: !pto.tile_buf<acc, 16x32xi32>) {
  // expected-error@+1 {{an accumulator is never copied: %a would move from acc to acc into %b [TW0109]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xi32>) outs(%b : !pto.tile_buf<acc, 16x32xi32>)
  func.return
}

// -----

func.func @move_path(%a: !pto.tile_buf<acc, 16x32xf32>, %b: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{there is no data path from acc to vec on this chip [TW0107]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32>) outs(%b : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// -----

func.func @move_converts(%a: !pto.tile_buf<mat, 16x32xf32>, %b: !pto.tile_buf<left, 16x32xf16>) {
  // expected-error@+1 {{the path from mat to left does not take f32 to f16 [TW0108]}}
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x32xf32>) outs(%b : !pto.tile_buf<left, 16x32xf16>)
  func.return
}

// -----

func.func @move_shape(%a: !pto.tile_buf<mat, 16x32xi8>, %b: !pto.tile_buf<left, 16x64xi8>) {
  // expected-error@+1 {{a move keeps the shape, got !pto.tile_buf<loc=mat,}}
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x32xi8>) outs(%b : !pto.tile_buf<left, 16x64xi8>)
  func.return
}

// -----

func.func @extract_into_vec(%a: !pto.tile_buf<mat, 16x32xi8>, %b: !pto.tile_buf<vec, 16x32xi8>, %i: index) {
  // expected-error@+1 {{an extract goes from mat to left or right, not to vec [TW0107]}}
  pto.textract ins(%a, %i, %i : !pto.tile_buf<mat, 16x32xi8>, index, index) outs(%b : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

// -----

func.func @extract_from_vec(%a: !pto.tile_buf<vec, 16x32xi8>, %b: !pto.tile_buf<left, 16x32xi8>, %i: index) {
  // expected-error@+1 {{there is no data path from vec to left on this chip [TW0107]}}
  pto.textract ins(%a, %i, %i : !pto.tile_buf<vec, 16x32xi8>, index, index) outs(%b : !pto.tile_buf<left, 16x32xi8>)
  func.return
}

// -----

func.func @extract_converts(%a: !pto.tile_buf<mat, 16x32xi32>, %b: !pto.tile_buf<left, 16x32xi32>, %i: index) {
  // expected-error@+1 {{the path from mat to left does not take i32 to i32 [TW0108]}}
  pto.textract ins(%a, %i, %i : !pto.tile_buf<mat, 16x32xi32>, index, index) outs(%b : !pto.tile_buf<left, 16x32xi32>)
  func.return
}

// -----

func.func @extract_inside_fractal(
    %a: !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, %b: !pto.tile_buf<left, 16x32xi8, slayout=row_major>,
    %i: index) {
  %c = arith.constant 16 : index
  // expected-error@+1 {{offset 16 of dimension 1 is not a multiple of the fractal, 32 [TW0120]}}
  pto.textract ins(%a, %i, %c : !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, index, index)
    outs(%b : !pto.tile_buf<left, 16x32xi8, slayout=row_major>)
  func.return
}

// -----

// A transposing extract of 8-bit elements takes squares of fractals.
func.func @extract_transposes(
    %a: !pto.tile_buf<mat, 64x32xi8, slayout=row_major>, %b: !pto.tile_buf<right, 32x32xi8, slayout=col_major>,
    %i: index) {
  %r = arith.constant 16 : index
  // expected-error@+1 {{offset 16 of dimension 0 is not a multiple of the fractal, 32 [TW0120]}}
  pto.textract ins(%a, %r, %i : !pto.tile_buf<mat, 64x32xi8, slayout=row_major>, index, index)
    outs(%b : !pto.tile_buf<right, 32x32xi8, slayout=col_major>)
  func.return
}

// -----

func.func @extract_outside(
    %a: !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, %b: !pto.tile_buf<left, 16x64xi8, slayout=row_major>,
    %i: index) {
  %c = arith.constant 32 : index
  // expected-error@+1 {{32 to 96 lies outside of dimension 1, which has 64 [TW0106]}}
  pto.textract ins(%a, %i, %c : !pto.tile_buf<mat, 16x64xi8, slayout=row_major>, index, index)
    outs(%b : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}
