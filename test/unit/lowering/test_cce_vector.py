"""Each vector instruction in C++: the function, its arguments in order, its template parameters."""

from __future__ import annotations

import re

import pytest
from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.func import FuncOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto.a5 import A5OnlyOp
from tilewright.dialects.pto.vector_ops import VECTOR_OPS
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.lowering.cce.expressions import Name
from tilewright.lowering.cce.handlers import HANDLERS
from tilewright.lowering.cce.names import Names
from tilewright.lowering.cce.scope import Scope
from tilewright.lowering.cce.types import Aliases
from tilewright.lowering.cce.vector_counts import declare_counts

_TYPES = {
    **dict.fromkeys(("a", "b", "c", "d", "t"), "vec, 16x32xf32"),
    **dict.fromkeys(("ha", "hd"), "vec, 16x32xf16"),
    **dict.fromkeys(("i", "j", "k", "l"), "vec, 16x32xi16"),
    **dict.fromkeys(("n", "m", "o"), "vec, 16x32xi32"),
    **dict.fromkeys(("mask", "bytes"), "vec, 16x32xi8"),
    "ui8": "vec, 16x32xui8",
    "words": "vec, 16x32xui32",
    "blocks": "vec, 16x4xui32",
    "row": "vec, 1x32xf32",
    "where": "vec, 1x32xi32",
    "col": "vec, 16x1xf32, blayout=col_major",
    "cold": "vec, 16x1xf32, blayout=col_major",
    "at": "vec, 16x1xi32, blayout=col_major",
    "tall": "vec, 32x16xf32",
    "wide": "vec, 16x64xf32",
    "padded": "vec, 16x32xf32, pad=1",
    "short": "vec, 16x32xf32, valid=8x32",
    **dict.fromkeys(("list", "list1", "list2", "list3", "sorted", "merged"), "vec, 1x128xf32"),
}
_ARGUMENTS = {name: f"!pto.tile_buf<{type_}>" for name, type_ in _TYPES.items()} | {
    "x": "f32",
    "hx": "f16",
    "sx": "i16",
    "wx": "i32",
    "p": "index",
    "counts": "vector<4xi16>",
    "line": "!pto.partition_tensor_view<1x128xf32>",
    "window": "!pto.partition_tensor_view<16x32xf32>",
}


_RESULTS = {"y": "f32"}


def _typed(text: str) -> str:
    """Add the types to the operand lists: `ins(%a, %x {…})` becomes `ins(%a, %x {…} : A, f32)`."""

    def add(found: re.Match[str]) -> str:
        types = ", ".join((_ARGUMENTS | _RESULTS)[name] for name in re.findall(r"%(\w+)", found[2]))
        return f"{found[1]}({found[2]} : {types})"

    return re.sub(r"(ins|outs)\(([^)]*)\)", add, text)


def _cpp(text: str) -> list[str]:
    """Give the lines for instructions whose operands are arguments of the function, spelled by name."""
    arguments = ", ".join(f"%{name}: {type_}" for name, type_ in _ARGUMENTS.items())
    module = parse_module(make_context(), f"func.func @f({arguments}) {{\n{_typed(text)}\nfunc.return\n}}", "test")
    verify(module)
    function = next(op for op in module.ops if isinstance(op, FuncOp))
    scope = Scope(HANDLERS, Aliases(Names()), Names())
    for argument in function.body.block.args:
        scope.names.reserve(argument.name_hint or "")
        scope.spell(argument, Name(argument.name_hint or ""))
    scope.block(function.body.block)
    return [line.split("  //")[0].strip() for line in scope.writer.text.splitlines()]


@pytest.mark.parametrize("name", ["abs", "exp", "log", "recip", "relu", "rsqrt", "sqrt", "neg"])
def test_functions_of_one_tile(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%a) outs(%d)") == [f"T{name.upper()}(d, a);"]


@pytest.mark.parametrize(
    "name", ["add", "sub", "mul", "div", "max", "min", "fmod", "partadd", "partmul", "partmax", "partmin"]
)
def test_arithmetic_of_two_tiles(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%a, %b) outs(%d)") == [f"T{name.upper()}(d, a, b);"]


@pytest.mark.parametrize("name", ["and", "or", "shl", "shr"])
def test_bits_of_two_tiles(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%i, %j) outs(%k)") == [f"T{name.upper()}(k, i, j);"]


@pytest.mark.parametrize("name", ["adds", "subs", "muls", "maxs", "mins", "fmods", "divs", "axpy"])
def test_arithmetic_with_a_scalar(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%a, %x) outs(%d)") == [f"T{name.upper()}(d, a, x);"]


@pytest.mark.parametrize("name", ["adds", "subs", "muls", "maxs", "mins", "divs"])
def test_a_scalar_takes_the_element_type(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%ha, %x) outs(%hd)") == [f"T{name.upper()}(hd, ha, (half)x);"]


@pytest.mark.parametrize("name", ["ands", "ors", "shls", "shrs"])
def test_bits_with_a_scalar(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%i, %sx) outs(%k)") == [f"T{name.upper()}(k, i, sx);"]
    assert _cpp(f"pto.t{name} ins(%i, %wx) outs(%k)") == [f"T{name.upper()}(k, i, (int16_t)wx);"]


@pytest.mark.parametrize("name", ["rowsum", "rowmax", "rowmin", "rowprod"])
def test_reductions_of_rows(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%a, %t) outs(%col)") == [f"T{name.upper()}(col, a, t);"]


@pytest.mark.parametrize("name", ["colmax", "colmin", "colprod", "colsum"])
def test_reductions_of_columns(name: str) -> None:
    assert _cpp(f"pto.t{name} ins(%a) outs(%row)") == [f"T{name.upper()}(row, a);"]


@pytest.mark.parametrize("name", ["sub", "mul", "div", "max", "min", "expdif"])
def test_rows_expanded_into_an_operation(name: str) -> None:
    op, function = f"pto.trowexpand{name}", f"TROWEXPAND{name.upper()}"
    assert _cpp(f"{op} ins(%a, %col) outs(%d)") == [f"{function}(d, a, col);"]
    assert _cpp(f"{op} ins(%a, %col, %t) outs(%d)") == [f"{function}(d, a, col, t);"]


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div", "max", "min", "expdif"])
def test_columns_expanded_into_an_operation(name: str) -> None:
    assert _cpp(f"pto.tcolexpand{name} ins(%a, %row) outs(%d)") == [f"TCOLEXPAND{name.upper()}(d, a, row);"]


@pytest.mark.parametrize(
    "text, cpp",
    [
        ("pto.tnot ins(%i) outs(%k)", "TNOT(k, i);"),
        ("pto.tneg ins(%i) outs(%k)", "TNEG(k, i);"),
        ("pto.trsqrt ins(%a, %t) outs(%d)", "TRSQRT(d, a, t);"),
        ("pto.tlrelu ins(%a, %x) outs(%d)", "TLRELU(d, a, x);"),
        ("pto.tlrelu ins(%ha, %x) outs(%hd)", "TLRELU(hd, ha, (half)x);"),
        ("pto.taxpy ins(%ha, %hx) outs(%d)", "TAXPY(d, ha, hx);"),
        ("pto.txor ins(%i, %j, %l) outs(%k)", "TXOR(k, i, j, l);"),
        ("pto.txors ins(%i, %sx, %l) outs(%k)", "TXORS(k, i, sx, l);"),
        ("pto.trem ins(%a, %b, %t) outs(%d)", "TREM(d, a, b, t);"),
        ("pto.trems ins(%a, %x, %t) outs(%d)", "TREMS(d, a, x, t);"),
        ("pto.tprelu ins(%a, %b, %ui8) outs(%d)", "TPRELU(d, a, b, ui8);"),
        ("pto.tdivs ins(%x, %a) outs(%d)", "TDIVS(d, x, a);"),
        ("pto.tdivs ins(%wx, %a) outs(%d)", "TDIVS(d, (float)wx, a);"),
        ("pto.tdivs ins(%a, %wx) outs(%d)", "TDIVS(d, a, (float)wx);"),
        ("pto.texpands ins(%x) outs(%d)", "TEXPANDS(d, x);"),
        ("pto.tadds ins(%a, %wx) outs(%d)", "TADDS(d, a, (float)wx);"),
        ("pto.tadds ins(%i, %wx) outs(%k)", "TADDS(k, i, (int16_t)wx);"),
        ("pto.tsel ins(%mask, %a, %b, %bytes) outs(%d)", "TSEL(d, mask, a, b, bytes);"),
        ("pto.tsels ins(%mask, %a, %bytes, %x) outs(%d)", "TSELS(d, mask, a, bytes, x);"),
        ("pto.tsels ins(%mask, %ha, %bytes, %x) outs(%hd)", "TSELS(hd, mask, ha, bytes, (half)x);"),
    ],
)
def test_other_elementwise_instructions(text: str, cpp: str) -> None:
    assert _cpp(text) == [cpp]


@pytest.mark.parametrize("mode", ["eq", "ne", "lt", "le", "gt", "ge"])
def test_comparisons(mode: str) -> None:
    attribute = f"{{cmpMode = #pto<cmp {mode}>}}"
    assert _cpp(f"pto.tcmp ins(%a, %b {attribute}) outs(%mask)") == [f"TCMP(mask, a, b, CmpMode::{mode.upper()});"]
    assert _cpp(f"pto.tcmps ins(%a, %x {attribute}) outs(%mask)") == [f"TCMPS(mask, a, x, CmpMode::{mode.upper()});"]


def test_comparisons_without_a_mode() -> None:
    assert _cpp("pto.tcmp ins(%a, %b) outs(%mask)") == ["TCMP(mask, a, b, CmpMode::EQ);"]
    assert _cpp("pto.tcmps ins(%a, %wx) outs(%mask)") == ["TCMPS(mask, a, (float)wx, CmpMode::EQ);"]


@pytest.mark.parametrize(
    "text, cpp",
    [
        ("pto.trowargmax ins(%a, %t) outs(%at)", "TROWARGMAX(at, a, t);"),
        ("pto.trowargmin ins(%a, %t) outs(%at)", "TROWARGMIN(at, a, t);"),
        ("pto.tcolargmax ins(%a, %t) outs(%where)", "TCOLARGMAX(where, a, t);"),
        ("pto.tcolargmin ins(%a, %t) outs(%where)", "TCOLARGMIN(where, a, t);"),
        ("pto.tcolsum ins(%a, %t {isBinary = true}) outs(%row)", "TCOLSUM(row, a, t, true);"),
        ("pto.tcolsum ins(%a, %t {isBinary = false}) outs(%row)", "TCOLSUM(row, a, t, false);"),
        ("pto.trowexpand ins(%col) outs(%d)", "TROWEXPAND(d, col);"),
        ("pto.trowexpandadd ins(%a, %col) outs(%d)", "TROWEXPANDADD(d, a, col);"),
        ("pto.tcolexpand ins(%row) outs(%d)", "TCOLEXPAND(d, row);"),
    ],
)
def test_other_reductions_and_broadcasts(text: str, cpp: str) -> None:
    assert _cpp(text) == [cpp]


@pytest.mark.parametrize(
    "mode, cpp",
    [
        ("CAST_RINT", "CAST_RINT"),
        ("NONE", "CAST_NONE"),
        ("RINT", "CAST_RINT"),
        ("ROUND", "CAST_ROUND"),
        ("FLOOR", "CAST_FLOOR"),
        ("CEIL", "CAST_CEIL"),
        ("TRUNC", "CAST_TRUNC"),
        ("ODD", "CAST_ODD"),
    ],
)
def test_conversions_round(mode: str, cpp: str) -> None:
    found = _cpp(f"pto.tcvt ins(%a {{rmode = #pto<round_mode {mode}>}}) outs(%n)")
    assert found == [f"TCVT(n, a, RoundMode::{cpp});"]


@pytest.mark.parametrize(
    "operands, cpp",
    [
        ("%a", "TCVT(n, a, RoundMode::CAST_RINT);"),
        ("%a, %t", "TCVT(n, a, t, RoundMode::CAST_RINT);"),
        ("%a {sat_mode = #pto<saturation_mode ON>}", "TCVT(n, a, RoundMode::CAST_RINT, SaturationMode::ON);"),
        ("%a, %t {sat_mode = #pto<saturation_mode OFF>}", "TCVT(n, a, t, RoundMode::CAST_RINT, SaturationMode::OFF);"),
    ],
)
def test_conversions_saturate(operands: str, cpp: str) -> None:
    assert _cpp(f"pto.tcvt ins({operands}) outs(%n)") == [cpp]


def test_quantisation() -> None:
    assert _cpp("pto.tquant ins(%a, %col) outs(%bytes) {quant_type = #pto<quant_type INT8_SYM>}") == [
        "TQUANT<QuantType::INT8_SYM>(bytes, a, col);"
    ]
    assert _cpp("pto.tquant ins(%a, %col, %cold) outs(%ui8) {quant_type = #pto<quant_type INT8_ASYM>}") == [
        "TQUANT<QuantType::INT8_ASYM>(ui8, a, col, &cold);"
    ]
    assert _cpp("pto.tdequant ins(%bytes, %col, %cold) outs(%d)") == ["TDEQUANT(d, bytes, col, cold);"]


@pytest.mark.parametrize("pattern", ["P0101", "P1010", "P0001", "P0010", "P0100", "P1000", "P1111"])
def test_gathering_by_a_pattern(pattern: str) -> None:
    found = _cpp(f"""pto.tgather ins(%a, {{maskPattern = #pto.mask_pattern<{pattern}>}}) outs(%d)""")
    assert found == [f"TGATHER<VecF32_16x32, VecF32_16x32, MaskPattern::{pattern}>(d, a);"]


@pytest.mark.parametrize(
    "text, cpp",
    [
        ("pto.tgather ins(%a, %n, %m) outs(%d)", "TGATHER(d, a, n, m);"),
        (
            "pto.tgather ins(%ha, %hx, %t) outs(%n, %m) {cmpMode = #pto<cmp gt>, offset = 7 : i32}",
            "TGATHER<VecI32_16x32, VecF16_16x32, VecI32_16x32, VecF32_16x32, CmpMode::GT, 7>(n, ha, hx, m, t);",
        ),
        (
            "pto.tgather ins(%a, %x, %t) outs(%n, %m)",
            "TGATHER<VecI32_16x32, VecF32_16x32, VecI32_16x32, VecF32_16x32, CmpMode::EQ, 0>(n, a, x, m, t);",
        ),
        ("pto.tgatherb ins(%a, %blocks) outs(%d)", "TGATHERB(d, a, blocks);"),
        ("pto.tscatter ins(%a, %n) outs(%d)", "TSCATTER(d, a, n);"),
        ("pto.ttrans ins(%a, %t) outs(%tall)", "TTRANS(tall, a, t);"),
        ("pto.tconcat ins(%a, %b) outs(%wide)", "TCONCAT(wide, a, b);"),
        ("pto.tsort32 ins(%a, %words) outs(%wide)", "TSORT32(wide, a, words);"),
        ("pto.tsort32 ins(%a, %words, %t) outs(%wide)", "TSORT32(wide, a, words, t);"),
        ("pto.tmrgsort ins(%list, %wx) outs(%sorted)", "TMRGSORT(sorted, list, wx);"),
        (
            "pto.tmrgsort ins(%list, %list1, %merged {exhausted = false}) outs(%sorted, %counts)",
            f"TMRGSORT<{'VecF32_1x128, ' * 4}false>(sorted, counts, merged, list, list1);",
        ),
        (
            "pto.tmrgsort ins(%list, %list1, %list2, %merged {exhausted = true}) outs(%sorted, %counts)",
            f"TMRGSORT<{'VecF32_1x128, ' * 5}true>(sorted, counts, merged, list, list1, list2);",
        ),
        (
            "pto.tmrgsort ins(%list, %list1, %list2, %list3, %merged {exhausted = true}) outs(%sorted, %counts)",
            f"TMRGSORT<{'VecF32_1x128, ' * 6}true>(sorted, counts, merged, list, list1, list2, list3);",
        ),
        (
            "pto.tmrgsort ins(%line, %list1, %merged {exhausted = false}) outs(%sorted, %counts)",
            "TMRGSORT<VecF32_1x128, VecF32_1x128, decltype(line), VecF32_1x128, false>"
            "(sorted, counts, merged, line, list1);",
        ),
        ("pto.tci ins(%wx) outs(%n)", "TCI<VecI32_16x32, int32_t, 0>(n, wx);"),
        ("pto.tci ins(%sx {descending = true}) outs(%i)", "TCI<VecI16_16x32, int16_t, 1>(i, sx);"),
        ("pto.ttri ins(%wx) outs(%d)", "TTRI<VecF32_16x32, 0>(d, wx);"),
        ("pto.ttri ins(%wx {upperOrLower = 1 : i32}) outs(%d)", "TTRI<VecF32_16x32, 1>(d, wx);"),
        ("pto.tfillpad ins(%short) outs(%padded)", "TFILLPAD(padded, short);"),
        ("pto.tfillpad_inplace ins(%short) outs(%padded)", "TFILLPAD_INPLACE(padded, short);"),
        ("pto.tfillpad_expand ins(%short) outs(%padded)", "TFILLPAD_EXPAND(padded, short);"),
        ("pto.tsetval ins(%p, %x) outs(%d)", "d.SetValue(p, x);"),
        ("pto.tsetval ins(%p, %wx) outs(%d)", "d.SetValue(p, (float)wx);"),
        ("pto.tsetval ins(%p, %x) outs(%window)", "window.data()[p] = x;"),
    ],
)
def test_rearrangement(text: str, cpp: str) -> None:
    assert _cpp(text) == [cpp]


def test_an_element_is_read_where_the_program_reads_it() -> None:
    assert _cpp(
        """%y = pto.tgetval ins(%a, %p) outs : f32
        pto.tadds ins(%a, %x) outs(%a)
        pto.tadds ins(%a, %y) outs(%d)"""
    ) == ["const float y = a.GetValue(p);", "TADDS(a, a, x);", "TADDS(d, a, y);"]


@pytest.mark.parametrize(
    "numbers, cpp",
    [("[128, 64, 0, 0]", "128, 64, 0, 0"), ("0", "0, 0, 0, 0"), ("[50000, -1, 32768, 7]", "50000, 65535, 32768, 7")],
)
def test_counts_of_a_merge_are_a_variable(numbers: str, cpp: str) -> None:
    text = f"%n = arith.constant dense<{numbers}> : vector<4xi16>"
    constant = next(op for op in parse_module(make_context(), text, "test").ops if isinstance(op, ConstantOp))
    scope = Scope({}, Aliases(Names()), Names())
    declare_counts(scope, constant)
    assert scope.writer.text.split("  //")[0] == f"MrgSortExecutedNumList n = {{{cpp}}};"


def test_constants_of_other_vectors_are_refused() -> None:
    text = "%n = arith.constant dense<0> : vector<8xi16>"
    constant = next(op for op in parse_module(make_context(), text, "test").ops if isinstance(op, ConstantOp))
    with pytest.raises(DiagnosticError, match=r"'arith\.constant' has no form in C\+\+") as caught:
        declare_counts(Scope({}, Aliases(Names()), Names()), constant)
    assert caught.value.diagnostics[0].code == "TW0330"


@pytest.mark.parametrize("name", ["a", "window"])
def test_printing_is_for_debug_builds(name: str) -> None:
    assert _cpp(f"pto.tprint ins(%{name})") == [
        "#if defined(_DEBUG) || defined(__CPU_SIM)",
        f"TPRINT({name});",
        "#endif",
    ]


@pytest.mark.parametrize(
    "text, first, second",
    [
        ("pto.taddc ins(%a, %b, %c) outs(%d)", "TADD(d, a, b)", "TADD(d, d, c)"),
        ("pto.tsubc ins(%a, %b, %c) outs(%d)", "TSUB(d, a, b)", "TADD(d, d, c)"),
        ("pto.taddsc ins(%a, %wx, %b) outs(%d)", "TADDS(d, a, (float)wx)", "TADD(d, d, b)"),
        ("pto.tsubsc ins(%a, %x, %b) outs(%d)", "TSUBS(d, a, x)", "TADD(d, d, b)"),
        # The result may replace an operand: what it replaces is read before.
        ("pto.taddc ins(%a, %d, %c) outs(%d)", "TADD(d, a, d)", "TADD(d, d, c)"),
        ("pto.taddc ins(%a, %b, %d) outs(%d)", "TADD(d, a, d)", "TADD(d, d, b)"),
        ("pto.tsubc ins(%a, %b, %d) outs(%d)", "TADD(d, a, d)", "TSUB(d, d, b)"),
        ("pto.taddsc ins(%a, %x, %d) outs(%d)", "TADD(d, a, d)", "TADDS(d, d, x)"),
        ("pto.tsubsc ins(%a, %x, %d) outs(%d)", "TADD(d, a, d)", "TSUBS(d, d, x)"),
    ],
)
def test_sums_of_three_are_two_instructions(text: str, first: str, second: str) -> None:
    assert _cpp(text) == [f"{first};", "pipe_barrier(PIPE_V);", f"{second};"]


def test_a_sum_that_replaces_two_of_its_terms_is_refused() -> None:
    with pytest.raises(DiagnosticError) as caught:
        _cpp("pto.taddc ins(%a, %d, %d) outs(%d)")
    error = caught.value.diagnostics[0]
    assert (error.code, error.message) == ("TW0330", "'pto.taddc' has no form in C++")
    assert error.location is not None
    assert error.location.line == 2


def test_every_instruction_that_a2a3_has_is_written() -> None:
    legal = {op for op in VECTOR_OPS if not issubclass(op, A5OnlyOp)}
    assert set(VECTOR_OPS).intersection(HANDLERS) == legal
