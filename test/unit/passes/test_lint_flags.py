"""The linter on flags: what is unbalanced in every run is an error, what may balance at run time is none."""

from __future__ import annotations

import pytest

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.passes.lint import lint

KIND = "attributes {pto.kernel_kind = #pto.kernel_kind<vector>}"
NUMBERS = "\n".join(f"%c{n} = arith.constant {n} : index" for n in (0, 1, 2, 4))
ENDS = "<PIPE_MTE2>, <PIPE_V>"
SET, WAIT = (f"pto.{op}_flag[{ENDS}, <EVENT_ID0>]" for op in ("set", "wait"))
SET_ANY, WAIT_ANY = (f"pto.{op}_flag_dyn[{ENDS}, %i]" for op in ("set", "wait"))
RECORD, AWAIT = (
    f"pto.{op}_event[#pto.pipe_event_type<TLOAD>, #pto.pipe_event_type<TVEC>, <EVENT_ID0>]" for op in ("record", "wait")
)


def check(body: str, *, more: str = "") -> list[Diagnostic]:
    text = f"func.func @f(%n: index, %flag: i1) {KIND} {{\n{NUMBERS}\n{body}\nfunc.return\n}}\n{more}"
    module = parse_module(make_context(), text, "kernel.pto")
    verify(module)
    return [each for each in lint(module) if each.code != "TW0508"]


def loop(*lines: str, until: str = "%n") -> str:
    return "\n".join((f"scf.for %i = %c0 to {until} step %c1 {{", *lines, "}"))


def branch(*lines: str) -> str:
    return "\n".join(("scf.if %flag {", *lines, "}"))


@pytest.mark.parametrize(
    "body",
    [
        (SET, WAIT),
        (RECORD, AWAIT),
        (RECORD, WAIT),
        (SET, loop(WAIT, SET), WAIT),
        # a flag for each slot, raised in advance and awaited afterwards
        (loop(SET_ANY, until="%c4"), loop(WAIT_ANY, SET_ANY), loop(WAIT_ANY, until="%c4")),
        (loop(SET_ANY), loop(WAIT_ANY)),
        (SET, SET, loop(WAIT, until="%c2")),
        # the first turn does not wait
        (loop(branch(WAIT), SET), WAIT),
        (branch(SET), branch(WAIT)),
    ],
)
def test_flags_that_may_match_up(body: tuple[str, ...]) -> None:
    assert check("\n".join(body)) == []


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ((WAIT,), "TW0505", "EVENT_ID0 from PIPE_MTE2 to PIPE_V: awaited once more often than raised in @f"),
        ((AWAIT,), "TW0505", "EVENT_ID0 from PIPE_MTE2 to PIPE_V: awaited once more often than raised in @f"),
        ((SET,), "TW0506", "EVENT_ID0 from PIPE_MTE2 to PIPE_V: raised once more often than awaited in @f"),
        ((branch(WAIT),), "TW0505", "EVENT_ID0 from PIPE_MTE2 to PIPE_V: awaited once more often than raised in @f"),
        (
            (SET, loop(WAIT)),
            "TW0505",
            "EVENT_ID0 from PIPE_MTE2 to PIPE_V: awaited once more often than raised in each iteration",
        ),
        (
            (loop(SET), WAIT),
            "TW0506",
            "EVENT_ID0 from PIPE_MTE2 to PIPE_V: raised once more often than awaited in each iteration",
        ),
        (
            (SET, loop(WAIT, until="%c4")),
            "TW0505",
            "EVENT_ID0 from PIPE_MTE2 to PIPE_V: awaited 3 times more often than raised in @f",
        ),
        (
            (loop(WAIT_ANY, until="%c4"),),
            "TW0505",
            "flags from PIPE_MTE2 to PIPE_V: awaited 4 times more often than raised in @f",
        ),
    ],
)
def test_flags_that_never_match_up(body: tuple[str, ...], code: str, message: str) -> None:
    (found,) = check("\n".join(body))
    assert (found.code, found.message) == (code, message)
    assert found.location is not None


def test_the_other_half_of_a_pair_may_stand_in_another_function() -> None:
    helper = f"func.func private @g() {KIND} {{\n{WAIT}\nfunc.return\n}}"
    assert check(f"{SET}\nfunc.call @g() : () -> ()", more=helper) == []
