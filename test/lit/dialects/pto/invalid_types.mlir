// RUN: pto-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{a view has positive dimensions [TW0102]}}
func.func private @view_rank(!pto.tensor_view<i8>)

// -----

// expected-error@+1 {{a view has positive dimensions [TW0102]}}
func.func private @view_extent(!pto.partition_tensor_view<16x0xi8>)

// -----

// expected-error@+1 {{a tile buffer has two static positive dimensions [TW0103]}}
func.func private @buffer_rank(!pto.tile_buf<vec, 16xf32>)

// -----

// expected-error@+1 {{a tile buffer has two static positive dimensions [TW0103]}}
func.func private @buffer_dynamic(!pto.tile_buf<vec, ?x32xf32>)

// -----

// expected-error@+1 {{a tile buffer has two static positive dimensions [TW0103]}}
func.func private @buffer_extent(!pto.tile_buf<vec, 16x0xf32>)

// -----

// expected-error@+1 {{a tile buffer has two static positive dimensions [TW0103]}}
func.func private @valid_rank(!pto.tile_buf<vec, 16x32xf32, valid=16>)

// -----

// expected-error@+1 {{the valid part ?x33 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_too_large(!pto.tile_buf<vec, 16x32xf32, valid=?x33>)

// -----

// expected-error@+1 {{the valid part -5x32 does not lie within the tile 16x32 [TW0104]}}
func.func private @valid_negative(!pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=32, v_row=-5, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0>)

// -----

// expected-error@+1 {{index is no element type of this chip; there are i1, i8,}}
func.func private @element(!pto.tile_buf<vec, 16x32xindex>)

// -----

// expected-error@+1 {{the fractal is 16, 32, 512 or 1024 bytes, got 256 [TW0115]}}
func.func private @fractal(!pto.tile_buf<vec, 16x32xf32, fractal=256>)

// -----

// expected-error@+1 {{a fractal of 16 bytes has no room for 16 rows of f32 [TW0115]}}
func.func private @fractal_too_small(!pto.tile_buf<mat, 16x32xf32, slayout=row_major, fractal=16>)

// -----

// expected-error@+1 {{a 16x48 tile is not made of whole 16x32 fractals [TW0115]}}
func.func private @columns(!pto.tile_buf<mat, 16x48xi8, slayout=row_major>)

// -----

// expected-error@+1 {{a 24x32 tile is not made of whole 16x32 fractals [TW0115]}}
func.func private @rows(!pto.tile_buf<mat, 24x32xi8, slayout=row_major>)

// -----

// expected-error@+1 {{a 16x16 tile is not made of whole 32x16 fractals [TW0115]}}
func.func private @column_major_fractal(!pto.tile_buf<right, 16x16xi8, slayout=col_major>)

// -----

// expected-error@+1 {{a multi-tile buffer has at least one slot [TW0105]}}
func.func private @no_slot(!pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=0>)

// -----

// expected-error@+1 {{i8 should be of base attribute pto.tile_buf [TW0001]}}
func.func private @several_numbers(!pto.multi_tile_buf<i8, count=3>)
