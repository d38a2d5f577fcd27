"""Movements and cube instructions in C++: arguments in order, modes as template parameters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

CceLines = Callable[[str], list[str]]
ToCce = Callable[[str], str]

_TYPES = {
    "left": "!pto.tile_buf<left, 32x32xf16, slayout=row_major>",
    "right": "!pto.tile_buf<right, 32x32xf16, slayout=col_major>",
    "row": "!pto.tile_buf<left, 16x32xf16, valid=1x32, slayout=row_major>",
    "sums": "!pto.tile_buf<acc, 16x32xf32, valid=1x32, blayout=col_major, slayout=row_major, fractal=1024>",
    "acc": "!pto.tile_buf<acc, 32x32xf32, blayout=col_major, slayout=row_major, fractal=1024>",
    "ints": "!pto.tile_buf<acc, 32x32xi32, blayout=col_major, slayout=row_major, fractal=1024>",
    "bias": "!pto.tile_buf<bias, 1x32xf32>",
    "scales": "!pto.tile_buf<scaling, 1x32xui64>",
    "mat": "!pto.tile_buf<mat, 32x32xf16, blayout=col_major, slayout=row_major>",
    "wide": "!pto.tile_buf<mat, 64x64xf16, blayout=col_major, slayout=row_major>",
    "vec": "!pto.tile_buf<vec, 32x32xf32>",
    "words": "!pto.tile_buf<vec, 32x32xi32>",
    "window": "!pto.partition_tensor_view<32x32xf32>",
    "halves": "!pto.partition_tensor_view<32x32xf16>",
}

_BUFFERS = "\n".join(
    f"  %{name} = pto.alloc_tile addr = %zero : {type_}" for name, type_ in _TYPES.items() if "tile_buf" in type_
)

_KERNEL = f"""\
func.func @k(%p: !pto.ptr<f32>, %h: !pto.ptr<f16>, %q: i64, %n: index, %x: f32) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %zero = arith.constant 0 : i64
{_BUFFERS}
  %v = pto.make_tensor_view %p, shape = [%c32, %c32], strides = [%c32, %c1] : !pto.tensor_view<?x?xf32>
  %window = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c32, %c32]
    : !pto.tensor_view<?x?xf32> -> {_TYPES["window"]}
  %u = pto.make_tensor_view %h, shape = [%c32, %c32], strides = [%c32, %c1] : !pto.tensor_view<?x?xf16>
  %halves = pto.partition_view %u, offsets = [%c0, %c0], sizes = [%c32, %c32]
    : !pto.tensor_view<?x?xf16> -> {_TYPES["halves"]}
  BODY
  return
}}"""


def _op(name: str, sources: str, target: str, rest: str = "", attributes: str = "") -> str:
    """Spell an instruction whose operands are buffers and windows, or `%i : type` after the types of those."""
    operands = sources.split()
    values = ", ".join(f"%{each}" for each in operands) + rest.partition(":")[0].rstrip()
    types = ", ".join(_TYPES[each] for each in operands) + rest.partition(":")[2]
    return f"pto.{name} ins({values} : {types}) outs(%{target} : {_TYPES[target]}) {attributes}"


_INDICES = ", %n, %c0 :, index, index"
_RELU = "{reluPreMode = #pto<relu_pre_mode normal_relu>}"


@pytest.mark.parametrize(
    "op, call",
    [
        (_op("tload", "window", "vec"), "TLOAD(vec, window);"),
        (_op("tload", "window", "vec") + " pad_mode = #pto.padmode<PadValue>", "TLOAD(vec, window);"),
        (_op("tprefetch", "window", "vec"), "TPREFETCH(vec, window);"),
        (_op("tstore", "vec", "window"), "TSTORE(window, vec);"),
        (
            _op("tstore", "vec", "window", attributes="{stPhase = #pto<st_phase partial>}"),
            "TSTORE<STPhase::Partial>(window, vec);",
        ),
        (
            _op("tstore", "vec", "window", attributes="{atomicType = #pto<atomic_type atomic_add>}"),
            "TSTORE<decltype(vec), decltype(window), AtomicType::AtomicAdd>(window, vec);",
        ),
        (
            _op("tstore", "acc", "window", attributes=_RELU),
            "TSTORE<decltype(acc), decltype(window), AtomicType::AtomicNone, ReluPreMode::NormalRelu>(window, acc);",
        ),
        (
            _op(
                "tstore",
                "acc",
                "window",
                attributes="{stPhase = #pto<st_phase final>, atomicType = #pto<atomic_type atomic_add>, "
                "reluPreMode = #pto<relu_pre_mode normal_relu>}",
            ),
            "TSTORE<STPhase::Final, decltype(acc), decltype(window), AtomicType::AtomicAdd, ReluPreMode::NormalRelu>"
            "(window, acc);",
        ),
        (
            f"pto.tstore ins(%ints : {_TYPES['ints']}, %q : i64) outs(%halves : {_TYPES['halves']})",
            "TSTORE(halves, ints, (uint64_t)q);",
        ),
        (_op("tstore_fp", "ints scales", "halves"), "TSTORE_FP(halves, ints, scales);"),
        (_op("tmov", "mat", "left"), "TMOV(left, mat);"),
        (
            _op("tmov", "acc", "mat", attributes=_RELU),
            "TMOV<decltype(mat), decltype(acc), ReluPreMode::NormalRelu>(mat, acc);",
        ),
        (
            _op("tmov", "acc", "vec", attributes="{accToVecMode = #pto.acc_to_vec_mode<dual_mode_split_n>}"),
            "TMOV<decltype(vec), decltype(acc), AccToVecMode::DualModeSplitN, ReluPreMode::NoRelu>(vec, acc);",
        ),
        (
            f"pto.tmov ins(%ints : {_TYPES['ints']}, %scales : {_TYPES['scales']}) outs(%mat : {_TYPES['mat']})",
            "TMOV_FP(mat, ints, scales);",
        ),
        (
            f"pto.tmov ins(%ints : {_TYPES['ints']}, %scales : {_TYPES['scales']}) outs(%mat : {_TYPES['mat']}) "
            "{reluPreMode = #pto<relu_pre_mode normal_relu>}",
            "TMOV_FP<decltype(mat), decltype(ints), decltype(scales), ReluPreMode::NormalRelu>(mat, ints, scales);",
        ),
        (
            f"pto.tmov ins(%ints : {_TYPES['ints']}, %scales : {_TYPES['scales']}) outs(%words : {_TYPES['words']}) "
            "{accToVecMode = #pto.acc_to_vec_mode<single_mode_vec1>}",
            "TMOV<decltype(words), decltype(ints), decltype(scales), AccToVecMode::SingleModeVec1, "
            "ReluPreMode::NoRelu>(words, ints, scales);",
        ),
        (
            f'"pto.tmov"(%ints, %mat, %zero) <{{operandSegmentSizes = array<i32: 1, 1, 0, 1>}}> : '
            f"({_TYPES['ints']}, {_TYPES['mat']}, i64) -> ()",
            "TMOV(mat, ints, (uint64_t)0);",
        ),
        (_op("tmov.fp", "ints scales", "mat"), "TMOV_FP(mat, ints, scales);"),
        (_op("textract", "wide", "left", _INDICES), "TEXTRACT(left, wide, n, 0);"),
        (_op("textract_fp", "ints scales", "mat", _INDICES), "TEXTRACT_FP(mat, ints, scales, n, 0);"),
        (_op("tinsert", "acc", "wide", _INDICES), "TINSERT(wide, acc, n, 0);"),
        (_op("tinsert_fp", "ints scales", "wide", _INDICES), "TINSERT_FP(wide, ints, scales, n, 0);"),
        (_op("tmatmul", "left right", "acc"), "TMATMUL(acc, left, right);"),
        (_op("tmatmul.acc", "acc left right", "acc"), "TMATMUL_ACC(acc, acc, left, right);"),
        (_op("tmatmul.bias", "left right bias", "acc"), "TMATMUL_BIAS(acc, left, right, bias);"),
        (_op("tmatmul.mx", "left scales right scales", "acc"), "TMATMUL_MX(acc, left, scales, right, scales);"),
        (
            _op("tmatmul.mx.acc", "acc left scales right scales", "acc"),
            "TMATMUL_MX(acc, acc, left, scales, right, scales);",
        ),
        (
            _op("tmatmul.mx.bias", "left scales right scales bias", "acc"),
            "TMATMUL_MX(acc, left, scales, right, scales, bias);",
        ),
        (_op("tgemv", "row right", "sums"), "TGEMV(sums, row, right);"),
        (_op("tgemv.acc", "sums row right", "sums"), "TGEMV_ACC(sums, sums, row, right);"),
        (_op("tgemv.bias", "row right bias", "sums"), "TGEMV_BIAS(sums, row, right, bias);"),
    ],
)
def test_each_is_one_call(cce_lines: CceLines, op: str, call: str) -> None:
    assert cce_lines(_KERNEL.replace("BODY", op))[-3] == call


def test_products_of_scaled_tiles_are_written_as_for_a5(cce_lines: CceLines) -> None:
    tile = "!pto.tile_buf<left, 16x32xf8E4M3FN, slayout=row_major>"
    found = cce_lines(f"func.func @k(%a: i64) {{\n%t = pto.alloc_tile addr = %a : {tile}\nreturn\n}}")
    assert "TileType::Left, float8_e4m3_t, 16, 32" in found[0]


def test_padding_that_a_load_cannot_take_is_refused(to_cce: ToCce) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(_KERNEL.replace("BODY", _op("tload", "window", "vec") + " pad_value = %x : f32"))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (
        "TW0335",
        "TLOAD takes no %x: it fills a tile as the type of the tile says",
    )
    assert diagnostic.location is not None
    assert diagnostic.location.line == _KERNEL[: _KERNEL.index("BODY")].count("\n") + 1
