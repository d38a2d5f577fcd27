"""Damaged programs: each is refused at a place in the text, or is a program; nothing else comes out, or takes long."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.passes.lint import lint
from tilewright.tools.chunks import split

LIT = Path(__file__).parents[2] / "lit" / "dialects"
COMMENTS = re.compile(r"^ *//.*\n", re.MULTILINE)
PROGRAMS = [
    program
    for path in (*sorted((LIT / "pto").glob("ops*.mlir")), *sorted((LIT / "tile").glob("ops*.mlir")))
    for chunk in split(path.read_bytes())
    if (program := COMMENTS.sub("", chunk.data.decode()))
]
TOKENS = re.compile(r'"[^"\n]*"|[%@!#^]?[\w.$]+|->|::|\s+|.')
EXAMPLES = int(os.environ.get("MUTATIONS", "300"))
"""How many programs are damaged; the variable MUTATIONS asks for a longer sweep."""

Mutation = Callable[[list[str], int, str], Sequence[str]]

MUTATIONS: dict[str, Mutation] = {
    "delete": lambda tokens, at, other: [*tokens[:at], *tokens[at + 1 :]],
    "double": lambda tokens, at, other: [*tokens[: at + 1], " ", *tokens[at:]],
    "replace": lambda tokens, at, other: [*tokens[:at], other, *tokens[at + 1 :]],
    "insert": lambda tokens, at, other: [*tokens[:at], " ", other, " ", *tokens[at:]],
    "cut": lambda tokens, at, other: tokens[:at],
}
STRANGE = (
    "0",
    "-1",
    "99999999999999999999",
    "?",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    ",",
    '"',
    "%",
    "@f",
    "!pto.ptr<f32>",
    "é",
)


def outcome(text: str | bytes) -> str:
    """Read, verify and lint a text: `fine`, or the codes that it is refused with, all of them with a place."""
    refused = refusal(text)
    assert all(each.location is not None and each.location.line > 0 for each in refused)
    codes = [each.code for each in refused]
    assert "TW0099" not in codes, refused  # a defect of ours
    return " ".join(codes) or "fine"


def refusal(text: str | bytes) -> tuple[Diagnostic, ...]:
    """Why a text is no program."""
    try:
        module = parse_module(make_context(), text, "damaged.pto")
        verify(module)
    except DiagnosticError as error:
        return error.diagnostics
    lint(module)
    return ()


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """One of our programs with one token deleted, doubled, replaced or inserted, or cut off there."""
    tokens = TOKENS.findall(draw(st.sampled_from(PROGRAMS)))
    words = [index for index, token in enumerate(tokens) if not token.isspace()]
    at = draw(st.sampled_from(words))
    other = draw(st.one_of(st.sampled_from(STRANGE), st.sampled_from(words).map(lambda index: tokens[index])))
    return "".join(MUTATIONS[draw(st.sampled_from(list(MUTATIONS)))](tokens, at, other))


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_a_damaged_program_is_refused_at_a_place_or_is_a_program(text: str) -> None:
    outcome(text)


def test_the_programs_are_sound_before_they_are_damaged() -> None:
    assert {outcome(text) for text in PROGRAMS} == {"fine"}


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "func.func @f" + "(" * 10_000,
        "func.func @f() {" + "scf.if %c {" * 10_000,
        "func.func private @f(" + "!pto.tile_buf<" * 10_000,
        "func.func private @f() attributes {a = " + "{a = " * 10_000,
        "module {" * 10_000,
        b"\x00\x01\x02\xff" * 10_000,
        b"PTOBC\x00" + bytes(range(256)) * 100,
        bytes(range(256)) * 1_000,
        "func.func @f() { %x = pto.subview %t[0, 0] sizes [1, 1] : !pto.tile_view<1x1xf32> func.return }",
        "func.func private @f(!pto.tile_buf<ub, 16x16xf32>)",
        "func.func private @f(!pto.tile_buf<loc=vec, rows=16, cols=16, dtype=f32>)",
        '"pto.unheard_of"() : () -> ()',
    ],
    ids=range(13),
)
def test_what_is_no_program_is_refused(text: str | bytes) -> None:
    assert outcome(text) != "fine"


@pytest.mark.parametrize("size", [0.1, 0.5, 0.9, 0.999])
def test_a_program_that_ends_early_is_refused(size: float) -> None:
    text = max(PROGRAMS, key=len)
    assert outcome(text[: int(len(text) * size)]) != "fine"
