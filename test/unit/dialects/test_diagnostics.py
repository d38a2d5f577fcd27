"""Diagnostics as data and as text."""

import re
from pathlib import Path

import pytest
from xdsl.dialects import test
from xdsl.dialects.builtin import (
    UNKNOWN_LOC,
    CallSiteLoc,
    FileLineColLoc,
    FusedLoc,
    IntAttr,
    LocationAttr,
    ModuleOp,
    NameLoc,
    NoneAttr,
    StringAttr,
)
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Region

import tilewright
from tilewright.dialects.diagnostics import (
    Diagnostic,
    DiagnosticError,
    Severity,
    SourceLocation,
    collect_diagnostics,
    copy_location,
    did_you_mean,
    explain,
    fail,
    fail_all,
    fail_internally,
    known_codes,
    location_of,
    remark,
    render,
    split_code,
    warn,
)

HERE = SourceLocation("k.mlir", 2, 8)
SOURCE = "func.func @f() {\n  %x = tile.load %w\n}\n"


def at(line: int, file: str = "k.mlir", column: int = 1) -> FileLineColLoc:
    return FileLineColLoc(StringAttr(file), IntAttr(line), IntAttr(column))


# -- the catalogue -------------------------------------------------------------------------------


def test_every_code_in_the_source_is_catalogued_and_the_other_way_round() -> None:
    package = Path(tilewright.__file__).parent
    # A regular expression such as `TW\d{4}` is no code; four digits are.
    used = {
        code for path in package.rglob("*.py") for code in re.findall(r"\bTW\d{4}\b", path.read_text(encoding="utf-8"))
    }
    assert used == set(known_codes())


def test_the_catalogue_is_sorted_and_complete() -> None:
    codes = known_codes()
    assert list(codes) == sorted(codes)
    for code in codes:
        entry = explain(code)
        assert entry.title
        assert not entry.title.endswith(".")
        assert len(entry.explanation.split()) > 8


def test_explain_gives_title_and_text() -> None:
    assert str(explain("TW0006")).startswith("TW0006: nested too deep\n\nRegions")


def test_explain_refuses_an_unknown_code() -> None:
    with pytest.raises(KeyError):
        explain("TW9999")


# -- raising --------------------------------------------------------------------------------------


def test_fail_raises_one_error_with_everything_in_it() -> None:
    with pytest.raises(DiagnosticError) as caught:
        fail("TW0100", "no", HERE, label="here", span=3, notes=["why"], help=["do"])
    assert caught.value.diagnostics == (Diagnostic("TW0100", "no", HERE, Severity.ERROR, "here", 3, ("why",), ("do",)),)
    assert str(caught.value) == "k.mlir:2:8: error: no [TW0100]"


def test_fail_all_sorts_by_location_and_accepts_nothing() -> None:
    fail_all([])
    late, early = Diagnostic("TW0100", "b", at_line(9)), Diagnostic("TW0100", "a", at_line(2))
    nowhere = Diagnostic("TW0100", "c")
    with pytest.raises(DiagnosticError) as caught:
        fail_all([late, early, nowhere])
    assert caught.value.diagnostics == (nowhere, early, late)


def at_line(line: int) -> SourceLocation:
    return SourceLocation("k.mlir", line, 1)


def test_an_internal_error_names_the_exception() -> None:
    with pytest.raises(DiagnosticError) as caught:
        fail_internally("in pass 'cse'", KeyError("bb1"))
    assert caught.value.diagnostics[0].message == "internal error in pass 'cse': KeyError: 'bb1'"
    with pytest.raises(DiagnosticError, match="internal error here: AssertionError "):
        fail_internally("here", AssertionError())


def test_a_verifier_may_give_its_code_in_the_message() -> None:
    assert split_code("TW0203: too big", "TW0100") == ("TW0203", "too big")
    assert split_code("too big", "TW0100") == ("TW0100", "too big")


def test_did_you_mean_finds_a_near_name_only() -> None:
    assert did_you_mean("canonicalise", ["cse", "canonicalize"]) == ("did you mean 'canonicalize'?",)
    assert did_you_mean("zzz", ["cse"]) == ()


# -- emitting -------------------------------------------------------------------------------------


def test_warnings_and_remarks_go_to_the_innermost_sink() -> None:
    outer: list[Diagnostic] = []
    inner: list[Diagnostic] = []
    warn("TW0100", "nobody listens")
    with collect_diagnostics(outer.append):
        warn("TW0100", "w", HERE, notes=["n"])
        with collect_diagnostics(inner.append):
            remark("TW0100", "r")
    assert outer == [Diagnostic("TW0100", "w", HERE, Severity.WARNING, notes=("n",))]
    assert inner == [Diagnostic("TW0100", "r", None, Severity.REMARK)]


# -- locations ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "location",
    [
        at(7),
        NameLoc(StringAttr("x"), at(7)),
        CallSiteLoc(at(7), at(9)),
        CallSiteLoc(UNKNOWN_LOC, at(7)),
        FusedLoc([UNKNOWN_LOC, at(7), at(9)], NoneAttr()),
    ],
)
def test_any_location_attribute_is_reduced_to_a_place(location: LocationAttr) -> None:
    op = test.TestOp()
    op.location = location
    assert location_of(op) == SourceLocation("k.mlir", 7, 1)


@pytest.mark.parametrize(
    "location", [UNKNOWN_LOC, FusedLoc([UNKNOWN_LOC], NoneAttr()), NameLoc(StringAttr("x"), NoneAttr())]
)
def test_what_has_no_place_takes_that_around_it(location: LocationAttr) -> None:
    inner = test.TestOp()
    inner.location = location
    assert location_of(inner) is None
    func = FuncOp.from_region("f", [], [], Region(Block([inner])))
    func.location = at(3)
    assert location_of(inner) == SourceLocation("k.mlir", 3, 1)


def test_a_value_is_where_its_operation_or_its_function_is() -> None:
    func = FuncOp("f", ([StringAttr("t")], []))  # any attribute serves as a type here
    argument = func.body.blocks[0].args[0]
    func.location = at(3)
    assert location_of(argument) == SourceLocation("k.mlir", 3, 1)
    argument.location = at(4)
    assert location_of(argument) == SourceLocation("k.mlir", 4, 1)
    op = test.TestOp(result_types=[StringAttr("t")])
    op.location = at(5)
    assert location_of(op.results[0]) == SourceLocation("k.mlir", 5, 1)


def test_copy_location_fills_what_is_unknown_only() -> None:
    source, known = test.TestOp(), test.TestOp()
    inner = test.TestOp()
    outer = test.TestOp(regions=[Region(Block([inner, known]))])
    known.location = at(1)
    copy_location(source, outer)
    assert location_of(outer) is None
    source.location = at(8)
    copy_location(source, [outer])
    assert [location_of(op).line for op in (outer, inner, known)] == [8, 8, 1]


def test_line_zero_is_the_whole_file() -> None:
    module = ModuleOp([])
    module.location = at(0, column=0)
    assert str(location_of(module)) == "k.mlir"


# -- text -----------------------------------------------------------------------------------------


def test_the_long_form() -> None:
    diagnostic = Diagnostic(
        "TW0203",
        "too big",
        SourceLocation("k.mlir", 2, 8),
        label="524288 bytes",
        notes=("why:\n  %w  1\n  %v  2",),
        help=("smaller", "or\nless"),
    )
    assert render(diagnostic, {"k.mlir": SOURCE}.get).split("\n") == [
        "error[TW0203]: too big",
        " --> k.mlir:2:8",
        "  |",
        "2 |   %x = tile.load %w",
        "  |        ^^^^^^^^^ 524288 bytes",
        "  |",
        "  = why:",
        "          %w  1",
        "          %v  2",
        "  = help: smaller",
        "  = help: or",
        "        less",
    ]


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    source = "\n" * 99 + "x"
    text = render(Diagnostic("TW0100", "m", SourceLocation("a", 100, 1)), {"a": source}.get)
    assert text.split("\n")[1:] == ["   --> a:100:1", "    |", "100 | x", "    | ^"]


def test_the_one_line_form_serves_where_there_is_no_source_line() -> None:
    def one_line(where: SourceLocation | None) -> str:
        return render(Diagnostic("TW0100", "m", where, notes=("n",)), {"k.mlir": SOURCE}.get)

    assert one_line(SourceLocation("z", 1, 2)) == "z:1:2: error: m [TW0100]\n  = n"
    assert one_line(SourceLocation("k.mlir", 99, 2)).startswith("k.mlir:99:2: error: m")
    assert one_line(SourceLocation("k.mlir")).startswith("k.mlir: error: m [TW0100]")
    assert one_line(None).startswith("error: m [TW0100]")


def carets(line: str, column: int, span: int = 0) -> str:
    diagnostic = Diagnostic("TW0100", "m", SourceLocation("a", 1, column), span=span)
    return render(diagnostic, {"a": line}.get).split("\n")[4].removeprefix("  | ")


def test_carets_underline_a_word_or_the_span() -> None:
    assert carets("  %abc = x", 3) == "  ^^^^"
    assert carets('"foo.bar"() : ()', 1) == "^^^^^^^^^"
    assert carets("  }", 3) == "  ^"
    assert carets("a b c d", 3, span=3) == "  ^^^"
    assert carets("abc", 2, span=99) == " ^^"


def test_carets_survive_a_column_outside_the_line_and_tabs() -> None:
    assert carets("ab", 99) == "  ^"
    assert carets("ab", 0) == "^^"
    assert carets("\t\tab", 3) == "\t\t^^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    lines = render(
        Diagnostic("TW0100", "m", SourceLocation("a", 1, 5001)), {"a": "." * 5000 + "x" + "." * 5000}.get
    ).split("\n")
    assert len(lines[3]) < 140
    assert lines[3].index("x") == lines[4].index("^")
    short = render(Diagnostic("TW0100", "m", SourceLocation("a", 1, 1)), {"a": "x" * 300}.get)
    assert short.split("\n")[3].startswith("1 | xxx")


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = render(Diagnostic("TW0100", "m", SourceLocation("a", 1, 1)), {"a": "a\x1b[31m\0\r\n"}.get)
    assert "\x1b" not in text
    assert "\0" not in text
    assert "\r" not in text
