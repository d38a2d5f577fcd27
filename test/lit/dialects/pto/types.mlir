// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s

// CHECK-LABEL: func.func private @pointer(
// CHECK-SAME:    !pto.ptr<i8>, !pto.ptr<bf16>)
func.func private @pointer(!pto.ptr<i8>, !pto.ptr<bf16>)

// CHECK-LABEL: func.func private @views(
// CHECK-SAME:    !pto.tensor_view<?x?xi8>, !pto.tensor_view<1x2x3x16x32xf32>,
// CHECK-SAME:    !pto.partition_tensor_view<16x128xi8>, !pto.partition_tensor_view<?x128xi8>)
func.func private @views(
  !pto.tensor_view<?x?xi8>, !pto.tensor_view<1x2x3x16x32xf32>,
  !pto.partition_tensor_view<16x128xi8>, !pto.partition_tensor_view<?x128xi8>)

// The long form with its keys in their fixed order; the memory may be quoted.
// CHECK-LABEL: func.func private @long(
// CHECK-SAME:    !pto.tile_buf<loc=mat, dtype=i8, rows=16, cols=128, v_row=5, v_col=100, blayout=col_major,
// CHECK-SAME:      slayout=row_major, fractal=512, pad=1, compact=2>,
// CHECK-SAME:    !pto.tile_buf<loc=vec, dtype=f32, rows=1, cols=8, v_row=1, v_col=8, blayout=row_major,
// CHECK-SAME:      slayout=none_box, fractal=512, pad=0>)
func.func private @long(
  !pto.tile_buf<loc=mat, dtype=i8, rows=16, cols=128, v_row=5, v_col=100, blayout=col_major,
    slayout=row_major, fractal=512, pad=1, compact=2>,
  !pto.tile_buf<loc="vec", dtype=f32, rows=1, cols=8, v_row=1, v_col=8, blayout=row_major,
    slayout=none_box, fractal=512, pad=0, compact=0>)

// The short form with its keys in any order; printed in the long form.
// CHECK-LABEL: func.func private @short(
// CHECK-SAME:    !pto.tile_buf<loc=vec, dtype=f32, rows=32, cols=64, v_row=32, v_col=64, blayout=row_major,
// CHECK-SAME:      slayout=none_box, fractal=512, pad=0>,
// CHECK-SAME:    !pto.tile_buf<loc=acc, dtype=i32, rows=16, cols=64, v_row=5, v_col=64, blayout=col_major,
// CHECK-SAME:      slayout=row_major, fractal=1024, pad=3, compact=1>)
func.func private @short(
  !pto.tile_buf<vec, 32x64xf32>,
  !pto.tile_buf<"acc", 16x64xi32, fractal=1024, compact=1, slayout=row_major, pad=3, blayout=col_major, valid=5x64>)

// `?` and -1 both say that the valid extent is known at run time only.
// CHECK-LABEL: func.func private @dynamic(
// CHECK-SAME:    rows=16, cols=32, v_row=?, v_col=32,
// CHECK-SAME:    rows=16, cols=32, v_row=16, v_col=?,
// CHECK-SAME:    rows=16, cols=32, v_row=?, v_col=?,
func.func private @dynamic(
  !pto.tile_buf<vec, 16x32xf32, valid=?x32>,
  !pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=32, v_row=16, v_col=-1, blayout=row_major, slayout=none_box,
    fractal=512, pad=0>,
  !pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=32, v_row=?, v_col=?, blayout=row_major, slayout=none_box,
    fractal=512, pad=0>)

// Left is row_major on a2a3, whatever was written; no other memory is rewritten.
// CHECK-LABEL: func.func private @left(
// CHECK-SAME:    loc=left, {{[^>]*}}, blayout=row_major, slayout=row_major,
// CHECK-SAME:    loc=left, {{[^>]*}}, blayout=row_major, slayout=row_major,
// CHECK-SAME:    loc=mat, {{[^>]*}}, blayout=col_major, slayout=row_major,
func.func private @left(
  !pto.tile_buf<left, 16x32xi8, blayout=col_major, slayout=row_major>,
  !pto.tile_buf<loc=left, dtype=i8, rows=16, cols=32, v_row=16, v_col=32, blayout=col_major, slayout=row_major,
    fractal=512, pad=0>,
  !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>)

// A tile of one row need not fill the rows of its fractal.
// CHECK-LABEL: func.func private @one_row(
// CHECK-SAME:    rows=1, cols=32,
func.func private @one_row(!pto.tile_buf<mat, 1x32xi8, blayout=col_major, slayout=row_major>)

// CHECK-LABEL: func.func private @several(
// CHECK-SAME:    !pto.multi_tile_buf<!pto.tile_buf<loc=mat, dtype=i8, rows=16, cols=32, {{.*}}>, count=3>)
func.func private @several(!pto.multi_tile_buf<!pto.tile_buf<mat, 16x32xi8>, count=3>)

// CHECK-LABEL: func.func private @attributes()
// CHECK-SAME:    core = #pto.kernel_kind<cube>, event = #pto.event<EVENT_ID7>, layout = #pto.layout<nz>,
// CHECK-SAME:    pipe = #pto.pipe<PIPE_FIX>, space = #pto.address_space<scaling>
func.func private @attributes() attributes {
  core = #pto.kernel_kind<cube>, event = #pto.event<EVENT_ID7>, layout = #pto.layout<nz>,
  pipe = #pto.pipe<PIPE_FIX>, space = #pto.address_space<scaling>}

// CHECK-LABEL: func.func private @instruction_attributes()
// CHECK-SAME:    atomic = #pto<scatter_atomic_op max>, cmp = #pto<cmp ge>, gather = #pto<gather_oob zero>,
// CHECK-SAME:    mask = #pto.mask_pattern<P1010>, quant = #pto<quant_type INT8_ASYM>, round = #pto<round_mode ODD>,
// CHECK-SAME:    saturation = #pto<saturation_mode ON>, scatter = #pto<scatter_oob wrap>
func.func private @instruction_attributes() attributes {
  atomic = #pto<scatter_atomic_op max>, cmp = #pto<cmp ge>, gather = #pto<gather_oob zero>,
  mask = #pto.mask_pattern<P1010>, quant = #pto<quant_type INT8_ASYM>, round = #pto<round_mode ODD>,
  saturation = #pto<saturation_mode ON>, scatter = #pto<scatter_oob wrap>}

// CHECK-LABEL: func.func private @handles(
// CHECK-SAME:    !pto.pipe, !pto.eventid_array<4>, !pto.async_session, !pto.async_event)
func.func private @handles(!pto.pipe, !pto.eventid_array<4>, !pto.async_session, !pto.async_event)

// CHECK-LABEL: func.func private @modes()
// CHECK-SAME:    atomic = #pto<atomic_type atomic_add>,
// CHECK-SAME:    config = #pto.tile_buf_config<blayout=#pto.blayout<col_major>, slayout=#pto.slayout<row_major>, s_fractal_size=1024,
// CHECK-SAME:      pad=#pto.pad_value<max>, compact=#pto.compact_mode<row_plus_one>>,
// CHECK-SAME:    gm = #pto.address_space<gm>, old = #pto.sync_op_type<TVECWAIT_EVENT>, padding = #pto.padmode<PadNull>,
// CHECK-SAME:    phase = #pto<st_phase partial>, point = #pto.pipe_event_type<TMOV_M2L>, relu = #pto<relu_pre_mode no_relu>,
// CHECK-SAME:    split = #pto.acc_to_vec_mode<dual_mode_split_n>
func.func private @modes() attributes {
  atomic = #pto<atomic_type atomic_add>,
  config = #pto.tile_buf_config<s_fractal_size=1024, blayout=1, slayout=#pto.slayout<row_major>, pad=2, compact=2>,
  gm = #pto.address_space<gm>, old = #pto.sync_op_type<TVECWAIT_EVENT>, padding = #pto.padmode<PadNull>,
  phase = #pto<st_phase partial>, point = #pto.pipe_event_type<TMOV_M2L>, relu = #pto<relu_pre_mode no_relu>,
  split = #pto.acc_to_vec_mode<dual_mode_split_n>}

// Any number may be in a buffer; the instructions say which they take.
// CHECK-LABEL: func.func private @numbers(
// CHECK-SAME:    dtype=f8E4M3FN, {{[^>]*}}>, !pto.tile_buf<loc=vec, dtype=si16, {{[^>]*}}>, !pto.tile_buf<loc=vec, dtype=f64,
func.func private @numbers(!pto.tile_buf<vec, 16x32xf8E4M3FN>, !pto.tile_buf<vec, 16x32xsi16>, !pto.tile_buf<vec, 16x32xf64>)
