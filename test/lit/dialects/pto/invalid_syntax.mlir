// RUN: pto-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{type expected}}
func.func private @pointer(!pto.ptr<1>)

// -----

// expected-error@+1 {{Expected `mat`, `left`, `right`, `acc`, `vec`, `bias`, or `scaling`.}}
func.func private @space(!pto.tile_buf<ub, 16x32xi8>)

// -----

// expected-error@+1 {{unknown loc: ub}}
func.func private @quoted_space(!pto.tile_buf<loc="ub", dtype=i8, rows=16, cols=32, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0>)

// -----

// expected-error@+1 {{Expected 'rows'}}
func.func private @key_order(!pto.tile_buf<loc=vec, dtype=i8, cols=32, rows=16, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0>)

// -----

// expected-error@+2 {{Expected ','}}
func.func private @missing_key(!pto.tile_buf<loc=vec, dtype=i8, rows=16, cols=32, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512>)

// -----

// expected-error@+2 {{Expected 'compact'}}
func.func private @unknown_last_key(!pto.tile_buf<loc=vec, dtype=i8, rows=16, cols=32, v_row=16, v_col=32,
  blayout=row_major, slayout=none_box, fractal=512, pad=0, dense=1>)

// -----

// expected-error@+1 {{unexpected key 'loc' of a tile_buf}}
func.func private @unknown_key(!pto.tile_buf<vec, 16x32xi8, loc=vec>)

// -----

// expected-error@+1 {{unexpected key 'pad' of a tile_buf}}
func.func private @repeated_key(!pto.tile_buf<vec, 16x32xi8, pad=1, pad=1>)

// -----

// expected-error@+1 {{expected blayout to be one of row_major, col_major, got none_box}}
func.func private @outer_layout(!pto.tile_buf<vec, 16x32xi8, blayout=none_box>)

// -----

// expected-error@+1 {{expected slayout to be one of none_box, row_major, col_major, got zigzag}}
func.func private @inner_layout(!pto.tile_buf<vec, 16x32xi8, slayout=zigzag>)

// -----

// expected-error@+1 {{Expected 'count'}}
func.func private @slots(!pto.multi_tile_buf<!pto.tile_buf<vec, 16x32xi8>, slots=3>)

// -----

// expected-error@+1 {{Expected `PIPE_S`,}}
pto.barrier <PIPE_X>

// -----

// expected-error@+1 {{Expected `EVENT_ID0`,}}
pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID8>]

// -----

func.func @load_without_outs(%p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+2 {{Expected 'outs'}}
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

// -----

func.func @view_of_another_type(%p: !pto.ptr<i8>, %n: index) {
  // expected-error@+1 {{operand is used with type !pto.ptr<f16>, but has been previously used or defined with type !pto.ptr<i8>}}
  %v = pto.make_tensor_view %p, shape = [%n], strides = [%n] : !pto.tensor_view<?xf16>
  func.return
}

// -----

func.func @address_type(%a: index) {
  // expected-error@+1 {{operand is used with type i64, but has been previously used or defined with type index}}
  %t = pto.alloc_tile addr = %a : !pto.tile_buf<vec, 16x32xi8>
  func.return
}
