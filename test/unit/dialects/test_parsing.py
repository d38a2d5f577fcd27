"""Reading text: locations on operations, one located error for anything that is not a program."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import IntegerType, ModuleOp, UnknownLoc
from xdsl.ir import Dialect, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.diagnostics import (
    Diagnostic,
    DiagnosticError,
    SourceLocation,
    fail,
    location_of,
)
from tilewright.dialects.parsing import MAX_DEPTH, parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify


@irdl_attr_definition
class PickyType(ParametrizedAttribute, TypeAttribute):
    """A type whose own verifier refuses odd widths, one way or the other."""

    name = "picky.type"
    width: IntegerType

    def verify(self) -> None:
        match self.width.width.data:
            case 1:
                raise VerifyException("one is\n  too few")
            case 3:
                raise VerifyException("TW0110: three is odd")
            case 5:
                fail("TW0111", "five is odd")
            case _:
                pass


def parse(text: str | bytes, first_line: int = 1) -> ModuleOp:
    ctx = make_context()
    ctx.register_dialect("picky", lambda: Dialect("picky", [], [PickyType]))
    return parse_module(ctx, text, "k.mlir", first_line=first_line)


def errors(text: str | bytes, first_line: int = 1) -> tuple[Diagnostic, ...]:
    with pytest.raises(DiagnosticError) as caught:
        parse(text, first_line)
    return caught.value.diagnostics


def error(text: str | bytes, first_line: int = 1) -> tuple[str, str, str]:
    (only,) = errors(text, first_line)
    return only.code, str(only.location), only.message


# -- locations ------------------------------------------------------------------------------------

PROGRAM = """\
func.func @f(%n: index) {
  %a, %b = "scf.if"(%c) ({
      scf.yield %n, %n : index, index
  }, {
    scf.yield %n, %n : index, index }) : (i1) -> (index, index)
  %c = arith.constant true loc("other.py":7:3)
  func.return
}
"""


def test_each_operation_is_located_at_its_name() -> None:
    places = [str(location_of(op)) for op in parse(PROGRAM).walk()]
    assert places == [
        "k.mlir",
        "k.mlir:1:1",
        "k.mlir:2:12",
        "k.mlir:3:7",
        "k.mlir:5:5",
        "other.py:7:3",
        "k.mlir:7:3",
    ]


def test_an_explicit_module_has_its_own_location() -> None:
    assert str(location_of(parse("\nbuiltin.module {}"))) == "k.mlir:2:1"


def test_the_first_line_may_have_any_number() -> None:
    (op,) = parse("func.func private @f()", first_line=40).ops
    assert str(location_of(op)) == "k.mlir:40:1"
    assert error("\n}", first_line=40)[1] == "k.mlir:41:1"


def test_no_operation_is_left_without_a_location() -> None:
    assert not any(isinstance(op.location, UnknownLoc) for op in parse(PROGRAM).walk())


@pytest.mark.parametrize("text", ["", "\n", "// nothing\n", b""])
def test_text_without_operations_is_an_empty_module(text: str | bytes) -> None:
    assert not list(parse(text).ops)


# -- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("}", "1:1", "expected an operation, found '}'"),
        ("func.func @f() {", "1:17", "expected an operation, a block or '}', found the end"),
        ("%", "1:1", ""),
        ("  @", "1:3", ""),
        ("\n  arith.nope", "2:3", "unknown operation 'arith.nope'"),
        ('\n  %x = "arith.nope"() : () -> ()', "2:8", "unknown operation 'arith.nope'"),
        ("func.func private @f(!no.type)", "1:22", "'no.type' is not registered"),
        ("func.func private @f(i32) attributes {a = #no.attr}", "1:43", "'no.attr'"),
        ("func.func @f() {\n^0:\n}", "2:1", "a block label starts with a letter, as in ^bb0"),
        ("func.func @f() {\n cf.br ^7\n}", "2:8", "a block label starts with a letter"),
        ("func.func @f() {\n^a:\n cf.br ^a\n^a:\n}", "4:1", "re-declaration of block 'a'"),
        ("func.func @f() {\n cf.br ^a\n^a:\n cf.br ^a\n^a:\n}", "5:1", "re-declaration of block"),
        ("func.func @f() {\n cf.br ^a\n}", "3:2", "missing block declarations"),
        ("func.func private @f(!picky.type<i1>)", "1:22", "one is too few"),
        ('%x = "arith.constant"() <{value = dense<1> : vector<2xi3232>}> : () -> i1', "1:6", ""),
        ("%x = arith.constant " + "9" * 5000 + " : i8", "1:6", "Exceeds the limit"),
    ],
)
def test_a_malformed_program_is_one_located_error(text: str, place: str, message: str) -> None:
    code, where, what = error(text)
    assert code == "TW0001"
    assert where == f"k.mlir:{place}"
    assert message in what
    assert "\n" not in what


def test_an_undefined_value_is_reported_where_it_is_used() -> None:
    text = "func.func @f() {\n  %x = arith.addi %y, %y : i1\n  %z = arith.addi %w, %x : i1\n}"
    assert [(str(d.location), d.message) for d in errors(text)] == [
        ("k.mlir:2:8", "use of a value that is not defined: %y"),
        ("k.mlir:3:8", "use of a value that is not defined: %w"),
    ]


def test_a_type_may_give_its_own_code_and_is_still_located() -> None:
    assert error("func.func private @f(!picky.type<i3>)") == (
        "TW0110",
        "k.mlir:1:22",
        "three is odd",
    )
    code, where, _ = error("\nfunc.func private @f(!picky.type<i5>)")
    assert (code, where) == ("TW0111", "k.mlir:2:1")


def test_an_unknown_operation_suggests_a_known_one() -> None:
    (found,) = errors("func.func private @f()\nfunc.fun")
    assert found.help == ("did you mean 'func.func'?",)


def test_a_second_definition_points_to_the_first() -> None:
    (found,) = errors("func.func @f() {\n^a:\n cf.br ^b\n^b:\n cf.br ^c\n}")
    assert found.notes == ('reference to block "^c" without implementation (k.mlir:5:8)',)


def test_bytes_must_be_utf8() -> None:
    assert error(b"// \xc3\xa9\n  \xff") == (
        "TW0001",
        "k.mlir:2:3",
        "the text is not UTF-8: unexpected byte 0xff",
    )


def test_a_string_that_is_never_closed_fails_at_once() -> None:
    # xDSL's own lexer takes exponential time on this.
    assert error('"' + "a" * 200)[1] == "k.mlir:1:1"


@pytest.mark.parametrize(
    "text",
    [
        "builtin.module {" * 10_000,
        "builtin.module {" * 10_000 + "}" * 10_000,
        "func.func private @f(" + "tuple<" * 10_000,
        "func.func private @f() attributes {a = " + "[" * 10_000,
        '"test.op"() ({' * 10_000,
    ],
)
def test_deep_nesting_is_refused(text: str) -> None:
    code, where, message = error(text)
    assert (code, where.split(":")[:2]) in [
        ("TW0006", ["k.mlir", "1"]),
        ("TW0001", ["k.mlir", "1"]),  # an operation that does not exist comes first
    ]
    assert "Recursion" not in message


def test_the_deepest_program_that_parses_also_verifies_and_prints() -> None:
    def nest(depth: int) -> str:
        loops = "".join(f"scf.for %i{n} = %a to %a step %a {{\n" for n in range(depth))
        return f"func.func @f(%a: index) {{\n{loops}{'}' * depth}\nfunc.return\n}}"

    module = parse(nest(MAX_DEPTH - 2))
    verify(module)
    assert str(module).count("scf.for") == MAX_DEPTH - 2
    assert error(nest(MAX_DEPTH))[0] == "TW0006"


@given(st.text(alphabet=string.printable + "\0é^%#!", max_size=60))
def test_any_text_parses_or_is_refused(text: str) -> None:
    refused: tuple[Diagnostic, ...] = ()
    try:
        parse(text)
    except DiagnosticError as error:
        refused = error.diagnostics
    assert all(d.code != "TW0099" for d in refused)
    assert all(isinstance(d.location, SourceLocation) for d in refused)


@pytest.mark.parametrize("width", ["16777216", "3299999999999999999999", "9" * 5000, "00016777216"])
@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("func.func private @f(iWIDTH)", 22),
        ("func.func private @f(siWIDTH)", 22),
        ("func.func private @f(memref<4xuiWIDTH>)", 31),
        ("func.func private @f(!picky.type<iWIDTH>)", 34),
    ],
)
def test_an_integer_type_wider_than_mlir_has_is_refused_at_its_place(text: str, column: int, width: str) -> None:
    place = f"k.mlir:1:{column}"
    assert error(text.replace("WIDTH", width)) == ("TW0001", place, "an integer type has at most 16777215 bits")


def test_the_widest_integer_type_is_read() -> None:
    assert "i16777215" in str(parse("func.func private @f(i16777215, i008)"))
