"""What vector instructions read and write, and where they may work in place."""

import pytest
from xdsl.ir import SSAValue

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import InstructionOp, Pto
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify

TILE = "!pto.tile_buf<vec, 1x64xf32>"
INDEX = "!pto.tile_buf<vec, 1x64xi32>"


def instruction(text: str) -> InstructionOp:
    module = parse_module(
        make_context(),
        f"func.func @f(%a: {TILE}, %b: {TILE}, %d: {TILE}, %t: {TILE}, %i: {INDEX}, %j: {INDEX}, %k: {INDEX}, %x: f32, "
        f"%v: vector<4xi16>, %n: index) {{\n{text}\nfunc.return\n}}",
        "test",
    )
    return next(op for op in module.walk() if isinstance(op, InstructionOp))


def names(values: tuple[SSAValue, ...]) -> list[str | None]:
    return [value.name_hint for value in values]


@pytest.mark.parametrize(
    ("text", "sources", "destinations"),
    [
        (f"pto.tadd ins(%a, %b : {TILE}, {TILE}) outs(%d : {TILE})", ["a", "b"], ["d"]),
        (f"pto.tadd ins(%a, %b : {TILE}, {TILE}) outs(%a : {TILE})", ["a", "b"], ["a"]),
        (f"pto.tadds ins(%a, %x : {TILE}, f32) outs(%d : {TILE})", ["a"], ["d"]),
        (f"pto.tdivs ins(%x, %a : f32, {TILE}) outs(%d : {TILE})", ["a"], ["d"]),
        (f"pto.taxpy ins(%a, %x : {TILE}, f32) outs(%d : {TILE})", ["a", "d"], ["d"]),
        (f"pto.trowsum ins(%a, %t : {TILE}, {TILE}) outs(%d : {TILE})", ["a"], ["t", "d"]),
        (f"pto.tcolsum ins(%a : {TILE}) outs(%d : {TILE})", ["a"], ["d"]),
        (
            f"pto.tgather ins(%a, %x, %t : {TILE}, f32, {TILE}) outs(%i, %j : {INDEX}, {INDEX})",
            ["a"],
            ["i", "j", "t"],
        ),
        (f"pto.tgather ins(%a, %i, %j : {TILE}, {INDEX}, {INDEX}) outs(%d : {TILE})", ["a", "i"], ["d", "j"]),
        (
            f"pto.tmrgsort ins(%a, %b, %t {{exhausted = true}} : {TILE}, {TILE}, {TILE})"
            f" outs(%d, %v : {TILE}, vector<4xi16>)",
            ["a", "b"],
            ["d", "t"],
        ),
        (f"%y = pto.tgetval ins(%a, %n : {TILE}, index) outs : f32", ["a"], []),
        (f"pto.tprint ins(%a : {TILE})", ["a"], []),
    ],
)
def test_reads_and_writes(text: str, sources: list[str], destinations: list[str]) -> None:
    op = instruction(text)
    assert names(op.sources) == sources
    assert names(op.destinations) == destinations


@pytest.mark.parametrize(
    ("text", "pipe"),
    [
        (f"pto.tadd ins(%a, %b : {TILE}, {TILE}) outs(%d : {TILE})", Pipe.V),
        (f"pto.tprint ins(%a : {TILE})", Pipe.V),
        (f"pto.tsetval ins(%n, %x : index, f32) outs(%d : {TILE})", Pipe.S),
        (f"%y = pto.tgetval ins(%a, %n : {TILE}, index) outs : f32", Pipe.S),
    ],
)
def test_pipe(text: str, pipe: Pipe) -> None:
    assert instruction(text).pipe is pipe


@pytest.mark.parametrize(
    ("attributes", "allowed"),
    [
        ("", False),
        (' attributes {pto.target_arch = "a3"}', False),
        (' attributes {pto.target_arch = "A3"}', False),
        (' attributes {pto.target_arch = "a2a3"}', True),
    ],
)
def test_trecip_in_place(attributes: str, allowed: bool) -> None:
    text = (
        f"module{attributes} {{ func.func @f(%a: {TILE}) {{"
        f" pto.trecip ins(%a : {TILE}) outs(%a : {TILE}) func.return }} }}"
    )
    module = parse_module(make_context(), text, "test")
    if allowed:
        verify(module)
    else:
        with pytest.raises(DiagnosticError, match="in place"):
            verify(module)


@pytest.mark.parametrize(
    "text",
    [
        f"pto.tgather ins(%a, %i, %j, %k : {TILE}, {INDEX}, {INDEX}, {INDEX}) outs(%d : {TILE})",
        f"pto.tmrgsort ins(%a : {TILE}) outs(%d : {TILE})",
        f"pto.tcolsum ins(%a, %b, %t : {TILE}, {TILE}, {TILE}) outs(%d : {TILE})",
    ],
)
def test_operands_of_no_form(text: str) -> None:
    with pytest.raises(DiagnosticError, match="expected"):
        instruction(text)


def test_attributes_of_the_user_are_kept() -> None:
    for text in (
        f"pto.tcolsum ins(%a : {TILE}) outs(%d : {TILE}) {{note}}",
        f"pto.tcolsum ins(%a, %t {{isBinary = true, note}} : {TILE}, {TILE}) outs(%d : {TILE})",
        f"pto.tgather ins(%a, %i, %j : {TILE}, {INDEX}, {INDEX}) outs(%d : {TILE}) {{note}}",
    ):
        op = instruction(text)
        assert "note" in op.attributes
        assert "note" in instruction(str(op)).attributes


def test_element_types_are_of_known_instructions_and_operands() -> None:
    operands = {op.name: {name for name, _ in op.get_irdl_definition().operands} for op in Pto.operations}
    for instruction_name, elements in load_chip().instruction_elements.items():
        assert set(elements) <= operands[f"pto.{instruction_name}"], instruction_name


def test_elements_stand_for_all_signs() -> None:
    assert load_chip().elements("tnot") == {"src": ("i16", "ui16", "si16")}
    assert load_chip().elements("tcvt") == {}
