"""Vector instructions on the physical engine, bit for bit against the library's CPU simulator.

Where the two differ, the engine does what the templates for the chip do, and unit tests hold it to formulas:

* `tcvt` to a narrower float in a mode other than nearest, `f32` to `f32`, and `ODD`: the simulator does not round so.
* bfloat16, which the simulator keeps as float16 when g++ 12 builds it; float16 infinities as padding, which it lacks.
* float16 structures of `tsort32`, which it lays over each other.
* `tabs` and `trelu` of -0, which it leaves; `texp` and the like, where it rounds twice.
* `tdivs` of integers, whose quotients go through floats on the chip.
* Masks, padding and scratch memory beside valid parts, which only the chip's instructions touch.
* Division by zero, out-of-range conversions and `i32` in order, where the simulator stops or C++ says nothing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tilewright.execution.runner import run_function

from .numeric_programs import Array, dtype_of, numbers, outputs, program, small
from .oracles import build, emitted, needs_compiler, needs_pto_isa, parse
from .vector_programs import Program

pytestmark = [needs_pto_isa, needs_compiler]

F32, I32 = "16x32xf32", "16x32xi32"
FLOATS, INTEGERS = ("f32", "f16"), ("i32", "i16")
COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
ARITHMETIC = ("add", "sub", "mul", "max", "min")


def _agree(case: Program, folder: Path, *inputs: Array, signs_of_zeros: bool = True) -> None:
    """Run a kernel in the simulator and on the engine; all bits of all results are equal, but for those of a NaN."""
    module = parse(case.text)
    theirs, ours = outputs(case), outputs(case)
    build(emitted("cce", module), "vector", folder)(*(each.copy() for each in inputs), *theirs)
    run_function(module, "vector", [*(each.copy() for each in inputs), *ours], "physical")
    for name, one, other in zip(case.outputs, ours, theirs, strict=True):
        both_nan = np.isnan(one) & np.isnan(other) if one.dtype.kind == "f" else np.zeros(one.shape, bool)
        same = (one.view(f"u{one.itemsize}") == other.view(f"u{one.itemsize}")) | both_nan
        if not signs_of_zeros:
            same |= (one == 0) & (other == 0)
        instruction = next(line for line in case.body.splitlines() if f"outs(%{name})" in line)
        assert same.all(), (instruction, np.argwhere(~same)[0], one[~same][0], other[~same][0])


@pytest.mark.parametrize("element", FLOATS)
def test_float_arithmetic(element: str, tmp_path: Path) -> None:
    tile = f"16x32x{element}"
    texts = [f"pto.t{name} ins(%a, %b) outs(%d)" for name in (*ARITHMETIC, "div")]
    texts += [f"pto.t{name} ins(%a, %b, %a) outs(%d)" for name in ("addc", "subc")]
    texts += [f"pto.t{name} ins(%a) outs(%d)" for name in ("sqrt", "neg")]
    texts += [f"pto.t{name} ins(%a, %x) outs(%d)" for name in ("lrelu", "adds", "subs", "muls", "maxs", "mins")]
    case = program({"a": tile, "b": tile}, [(text, tile) for text in texts], constants={"x": ("f32", "0.25")})
    _agree(case, tmp_path, numbers(tile, 0), numbers(tile, 1))


@pytest.mark.parametrize("element", INTEGERS)
def test_integer_arithmetic_wraps(element: str, tmp_path: Path) -> None:
    tile = f"16x32x{element}"
    texts = [f"pto.t{name} ins(%a, %b) outs(%d)" for name in ARITHMETIC]
    texts += [f"pto.t{name} ins(%a, %x) outs(%d)" for name in ("adds", "subs", "muls")] + ["pto.tneg ins(%a) outs(%d)"]
    case = program({"a": tile, "b": tile}, [(text, tile) for text in texts], constants={"x": (element, "-1234")})
    _agree(case, tmp_path, numbers(tile, 0), numbers(tile, 1))


def test_remainders_and_quotients_of_whole_numbers(tmp_path: Path) -> None:
    texts = [
        "pto.tfmod ins(%a, %b) outs(%d)",
        "pto.trem ins(%a, %b, %t) outs(%d)",
        "pto.trems ins(%a, %x, %t) outs(%d)",
    ]
    texts += [f"pto.{text} outs(%d)" for text in ("tfmods ins(%a, %x)", "tdivs ins(%a, %x)", "tdivs ins(%x, %b)")]
    texts += [f"pto.{text} outs(%d)" for text in ("taddsc ins(%a, %x, %b)", "tsubsc ins(%a, %x, %b)", "trecip ins(%b)")]
    instructions = [(text, F32) for text in texts]
    case = program({"a": F32, "b": F32}, instructions, {"t": F32}, {"x": ("f32", "-2.5")})
    # The library's remainder of a negative number without a rest is +0, C's is -0.
    _agree(case, tmp_path, small(F32, 0, -50, 50), small(F32, 1, 1, 9), signs_of_zeros=False)


def test_bits(tmp_path: Path) -> None:
    tile = "16x32xi16"
    texts = [f"pto.t{name} ins(%a, %b) outs(%d)" for name in ("and", "or")]
    texts += [f"pto.t{name} ins(%a, %s) outs(%d)" for name in ("shl", "shr")]
    texts += [f"pto.t{name} ins(%a, %x) outs(%d)" for name in ("ands", "ors")]
    texts += [f"pto.t{name} ins(%a, %n) outs(%d)" for name in ("shls", "shrs")]
    texts += ["pto.txor ins(%a, %b, %t) outs(%d)", "pto.txors ins(%a, %x, %t) outs(%d)", "pto.tnot ins(%a) outs(%d)"]
    instructions = [(text, tile) for text in texts]
    constants = {"x": ("i16", "-21846"), "n": ("i32", "3")}
    case = program({"a": tile, "b": tile, "s": tile}, instructions, {"t": tile}, constants)
    _agree(case, tmp_path, numbers(tile, 0), numbers(tile, 1), small(tile, 2, 0, 16))


@pytest.mark.parametrize("element, columns", [("f32", 64), ("f16", 128)])
def test_comparison_and_selection(element: str, columns: int, tmp_path: Path) -> None:
    tile, mask = f"16x{columns}x{element}", f"16x32xui8, valid=16x{columns // 8}"
    instructions = [
        (f"pto.{text} {{cmpMode = #pto<cmp {mode}>}}) outs(%d)", mask)
        for text in ("tcmp ins(%a, %b", "tcmps ins(%a, %x")
        for mode in COMPARISONS
    ]
    instructions += [
        ("pto.tsel ins(%r4, %a, %b, %t) outs(%d)", tile),
        ("pto.tsels ins(%r4, %a, %t, %x) outs(%d)", tile),
    ]
    case = program({"a": tile, "b": tile}, instructions, {"t": "16x32xui8"}, {"x": ("f32", "1.0")})
    a, b = numbers(tile, 0), numbers(tile, 1)
    b[::2] = a[::2]
    a[1, :4] = np.nan
    _agree(case, tmp_path, a, b)


@pytest.mark.parametrize("element", FLOATS)
def test_reductions_of_whole_numbers(element: str, tmp_path: Path) -> None:
    tile, column, row = f"16x96x{element}", f"16x1x{element}, blayout=col_major", f"1x96x{element}"
    instructions = [(f"pto.trow{name} ins(%a, %t) outs(%d)", column) for name in ("sum", "max", "min")]
    instructions += [(f"pto.tcol{name} ins(%a) outs(%d)", row) for name in ("sum", "max", "min")]
    instructions += [("pto.tcolsum ins(%a, %t {isBinary = true}) outs(%d)", row)]
    _agree(program({"a": tile}, instructions, {"t": tile}), tmp_path, small(tile, 0))


@pytest.mark.parametrize("element", FLOATS)
def test_expansions(element: str, tmp_path: Path) -> None:
    tile, column, row = f"16x32x{element}", f"16x1x{element}, blayout=col_major", f"1x32x{element}"
    block = f"16x{32 // dtype_of(tile).itemsize}x{element}"
    instructions = [("pto.trowexpand ins(%c) outs(%d)", tile), ("pto.tcolexpand ins(%r) outs(%d)", tile)]
    instructions += [(f"pto.trowexpand{name} ins(%a, %c) outs(%d)", tile) for name in (*ARITHMETIC, "div", "expdif")]
    instructions += [(f"pto.tcolexpand{name} ins(%a, %r) outs(%d)", tile) for name in (*ARITHMETIC, "div")]
    instructions += [(f"pto.trowexpand{name} ins(%a, %k) outs(%d)", tile) for name in ("add", "sub")]
    case = program({"a": tile, "c": column, "k": block, "r": row}, instructions)
    _agree(case, tmp_path, numbers(tile, 0), small(column, 1, 1, 9), numbers(block, 2), small(row, 3, 1, 9))


@pytest.mark.parametrize(
    "source, target, modes",
    [
        ("f32", "f16", ("NONE", "RINT", "CAST_RINT")),
        ("f32", "i32", ("RINT", "ROUND", "FLOOR", "CEIL", "TRUNC")),
        ("f32", "i16", ("RINT", "ROUND", "FLOOR", "CEIL", "TRUNC")),
        ("f16", "i8", ("RINT", "ROUND", "FLOOR", "CEIL", "TRUNC")),
        ("f16", "i32", ("RINT", "ROUND", "FLOOR", "CEIL", "TRUNC")),
        ("f16", "f32", ("RINT",)),
        ("i32", "f32", ("NONE", "RINT")),
        ("i32", "i16", ("RINT",)),
        ("i16", "f16", ("NONE", "RINT")),
        ("i16", "f32", ("RINT",)),
        ("i8", "f16", ("RINT",)),
        ("ui8", "f16", ("RINT",)),
    ],
)
def test_conversions(source: str, target: str, modes: tuple[str, ...], tmp_path: Path) -> None:
    texts = [f"pto.tcvt ins(%a {{rmode = #pto<round_mode {mode}>}}) outs(%d)" for mode in modes]
    case = program({"a": f"16x32x{source}"}, [(text, f"16x32x{target}") for text in texts])
    tile = f"16x32x{source}"
    data = small(tile, 0, -400, 400) / dtype_of(tile).type(4) if source[0] == "f" else numbers(tile, 0)
    _agree(case, tmp_path, data / dtype_of(tile).type(4) if target == "i8" else data)


COLUMN = "16x1xf32, blayout=col_major"


@pytest.mark.parametrize("operands, target, kind", [("%s", "16x32xi8", "SYM"), ("%s, %o", "16x32xui8", "ASYM")])
def test_quantisation(operands: str, target: str, kind: str, tmp_path: Path) -> None:
    text = f"pto.tquant ins(%a, {operands}) outs(%d) {{quant_type = #pto<quant_type INT8_{kind}>}}"
    case = program({"a": F32, "s": COLUMN, "o": COLUMN}, [(text, target)])
    thirds = small(F32, 0, -80, 80) / np.float32(3)
    _agree(case, tmp_path, thirds, small(COLUMN, 1, 1, 9), small(COLUMN, 2, 0, 99))


@pytest.mark.parametrize("element", ["i8", "i16"])
def test_dequantisation(element: str, tmp_path: Path) -> None:
    tile = f"16x32x{element}"
    case = program({"a": tile, "s": COLUMN, "o": COLUMN}, [("pto.tdequant ins(%a, %s, %o) outs(%d)", F32)])
    _agree(case, tmp_path, numbers(tile, 0), *(small(COLUMN, seed, 1, 99) / np.float32(3) for seed in (1, 2)))


def test_rearrangement(tmp_path: Path) -> None:
    widths = {"P0101": 16, "P1010": 16, "P0001": 8, "P0010": 8, "P0100": 8, "P1000": 8, "P1111": 32}
    instructions = [
        (f"pto.tgather ins(%a, {{maskPattern = #pto.mask_pattern<{pattern}>}}) outs(%d)", f"16x{width}xf32")
        for pattern, width in widths.items()
    ]
    instructions += [
        ("pto.tgather ins(%a, %i, %t) outs(%d)", F32),
        ("pto.tgatherb ins(%a, %o) outs(%d)", F32),
        ("pto.tscatter ins(%a, %s) outs(%d)", F32),
        ("pto.tconcat ins(%a, %a) outs(%d)", "16x64xf32"),
        ("pto.ttrans ins(%a, %u) outs(%d)", "32x16xf32"),
        ("pto.tci ins(%n) outs(%d)", "1x32xi32"),
        ("pto.tci ins(%n {descending = true}) outs(%d)", "1x32xi32"),
        ("pto.ttri ins(%n) outs(%d)", F32),
        ("pto.ttri ins(%n {upperOrLower = 1 : i32}) outs(%d)", F32),
    ]
    inputs = {"a": F32, "i": I32, "o": "16x8xui32", "s": I32}
    case = program(inputs, instructions, {"t": I32, "u": F32}, {"n": ("i32", "3")})
    everywhere = np.random.default_rng(3).permutation(512).astype(np.int32).reshape(16, 32)
    _agree(case, tmp_path, numbers(F32, 0), small(I32, 1, 0, 512), small("16x8xui32", 2, 0, 64) * 32, everywhere)


@pytest.mark.parametrize("element, pad", [("f32", 2), ("f32", 3), ("i16", 3), ("i8", 2)])
def test_padding(element: str, pad: int, tmp_path: Path) -> None:
    part = f"16x32x{element}, valid=8x20"
    instructions = [
        ("pto.tfillpad ins(%a) outs(%d)", f"16x32x{element}, pad={pad}"),
        ("pto.tfillpad_expand ins(%a) outs(%d)", f"32x64x{element}, pad={pad}"),
    ]
    _agree(program({"a": part}, instructions), tmp_path, numbers(part, 0))


def test_partial_arithmetic(tmp_path: Path) -> None:
    part = "16x32xf32, valid=9x20"
    instructions = [(f"pto.tpart{name} ins(%a, %b) outs(%d)", F32) for name in ("add", "mul", "max", "min")]
    _agree(program({"a": F32, "b": part}, instructions), tmp_path, numbers(F32, 0), numbers(part, 1))


def test_sorting_with_equal_values(tmp_path: Path) -> None:
    instructions = [
        ("pto.tsort32 ins(%a, %i) outs(%d)", "1x512xf32"),
        ("pto.tmrgsort ins(%r0, %n) outs(%d)", "1x512xf32"),
    ]
    case = program({"a": "1x256xf32", "i": "1x256xui32"}, instructions, constants={"n": ("i32", "64")})
    _agree(case, tmp_path, small("1x256xf32", 0), np.arange(256, dtype=np.uint32)[None])
