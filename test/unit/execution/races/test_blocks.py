"""Global memory that blocks share, and that the two vector cores of a block share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, Severity, collect_diagnostics
from tilewright.dialects.registry import make_context
from tilewright.execution.check_sync import CheckSyncPass
from tilewright.execution.races.checker import check_order

_TILE = "!pto.tile_buf<vec, 8x64xf32>"
_PART = "!pto.partition_tensor_view<8x64xf32>"
_VIEW = "!pto.tensor_view<?x?xf32>"
_KIND = "attributes {pto.kernel_kind = #pto.kernel_kind<vector>}"
_HEAD = f"""\
func.func @k(%p: !pto.ptr<f32>, %n: index, %f: memref<256xi64>) {_KIND} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %rows = arith.constant 4096 : index
  %at = arith.constant 0 : i64
  %x = pto.alloc_tile addr = %at : {_TILE}
  %y = pto.alloc_tile addr = %at : {_TILE}
  %v = pto.make_tensor_view %p, shape = [%rows, %c64], strides = [%c64, %c1] : {_VIEW}
  pto.set_ffts %f : memref<256xi64>
"""
FIRST = _HEAD.count("\n") + 1
"""The line of the first instruction."""

BLOCK = "%b = pto.get_block_idx\n%i = arith.index_cast %b : i64 to index"
STORE = f"pto.tstore ins(%x : {_TILE}) outs(%w : {_PART})"
LOAD = f"pto.tload ins(%w : {_PART}) outs(%x : {_TILE})"
ADD = STORE + " {atomicType = #pto<atomic_type atomic_add>}"
ALL = "pto.barrier <PIPE_ALL>"
MEET = "pto.sync.set <PIPE_MTE3>, 1 {ffts_mode = 0 : i32}\npto.sync.wait <PIPE_MTE2>, 1"


def at(row: str, name: str = "w") -> str:
    """The window that starts at a row."""
    return f"%{name} = pto.partition_view %v, offsets = [{row}, %c0], sizes = [%c8, %c64] : {_VIEW} -> {_PART}"


def times(factor: str) -> str:
    """The row of a block, with so many rows for each."""
    return f"%row = arith.muli %i, {factor} : index"


Check = Callable[..., list[Diagnostic]]


@pytest.fixture
def check(parse: Callable[[str], ModuleOp]) -> Check:
    """The reports on a kernel with these lines, the first of which is line `FIRST`."""

    def run(*lines: str, blocks: int | None = None, **numbers: int) -> list[Diagnostic]:
        with collect_diagnostics(lambda _: None):
            return check_order(parse(_HEAD + "\n".join([*lines, "return", "}"])), numbers, blocks=blocks)

    return run


def brief(found: list[Diagnostic]) -> list[tuple[str, int]]:
    """Code and line of each report, the line counted from the first instruction."""
    return [(each.code, each.location.line - FIRST) for each in found if each.location is not None]


def test_blocks_with_rows_of_their_own(check: Check) -> None:
    assert check(BLOCK, times("%c8"), at("%row"), STORE) == []


def test_blocks_that_store_to_the_same_rows(check: Check) -> None:
    (found,) = check(BLOCK, times("%c1"), at("%row"), STORE)
    assert brief([found]) == [("TW0432", 4)]
    assert found.severity is Severity.ERROR
    assert found.message == (
        "MTE3 of the vector core of block 0 may still write bytes 256 to 2048 of %p in global memory by pto.tstore at "
        f"line {FIRST + 4} while MTE3 of the vector core of block 1 writes them by pto.tstore at line {FIRST + 4}: "
        "nothing makes MTE3 of the vector core of block 1 wait"
    )
    assert found.help == ("let each work on bytes of its own, at an offset that grows with pto.get_block_idx",)


def test_a_block_that_loads_what_another_stores(check: Check) -> None:
    # Each loads the rows behind its own, too.
    lines = (BLOCK, times("%c8"), at("%row"), f"%near = arith.addi %row, %c8 : index\n{at('%near', 'u')}")
    load = LOAD.replace("%w", "%u")
    assert brief(check(*lines, load, ALL, STORE)) == [("TW0431", 8)]
    assert brief(check(*lines, STORE, ALL, load)) == [("TW0431", 6)]


def test_blocks_that_meet_are_ordered(check: Check) -> None:
    lines = (BLOCK, times("%c8"), at("%row"), at("%c0", "u"))
    load = LOAD.replace("%w", "%u")
    assert check(*lines, STORE, MEET, load) == []
    assert brief(check(*lines, STORE, ALL, load)) == [("TW0430", 7)]


def test_blocks_that_do_not_all_come_to_where_they_meet(check: Check) -> None:
    only_first = f"%first = arith.cmpi eq, %i, %c0 : index\nscf.if %first {{\n{MEET}\n}}"
    (found,) = check(BLOCK, only_first)
    assert brief([found]) == [("TW0435", 5)]
    assert found.message.startswith("the vector core of block 0 waits for signal 1")


def test_blocks_may_add_to_the_same_rows(check: Check) -> None:
    assert check(BLOCK, at("%c0"), ADD) == []
    assert brief(check(BLOCK, at("%c0"), ADD, ALL, LOAD)) == [("TW0431", 3), ("TW0430", 5)]
    first = "%first = arith.cmpi eq, %i, %c0 : index\nscf.if %first {\n{}\n}".replace("{}", STORE)
    found = check(BLOCK, at("%c0"), first, "pto.barrier <PIPE_MTE3>", ADD)
    assert brief(found) == [("TW0432", 8)]
    # What adds must not hide what stood before it.
    apart = [STORE, "pto.barrier <PIPE_MTE3>", ADD]
    assert brief(check(BLOCK, at("%c0"), *apart)) == [("TW0432", 3), ("TW0432", 3), ("TW0432", 5)]


def test_how_many_blocks(check: Check) -> None:
    far = f"%last = arith.divui %i, %c8 : index\n{at('%last')}"
    apart = f"%own = arith.muli %i, %c64 : index\n%row = arith.addi %own, %last : index\n{at('%row')}"
    # A kernel that does not ask which block it is runs as one; blocks 0 and 2 meet only where there are three.
    assert check(at("%c0"), STORE) == []
    assert brief(check(at("%c0"), STORE, blocks=2)) == [("TW0432", 1)]
    assert check(BLOCK, far.replace(at("%last"), apart), STORE) == []
    odd = "%c2 = arith.constant 2 : index\n%half = arith.remui %i, %c2 : index\n%row = arith.muli %half, %c8 : index"
    assert check(BLOCK, odd, at("%row"), STORE) == []
    (found,) = check(BLOCK, odd, at("%row"), STORE, blocks=3)
    assert "block 0 may still write" in found.message
    assert "block 2 writes" in found.message


def test_rows_that_rest_on_assumed_numbers_are_a_warning(check: Check, parse: Callable[[str], ModuleOp]) -> None:
    lines = (BLOCK, times("%n"), at("%row"), STORE)
    (found,) = check(*lines)
    assert (found.severity, *brief([found])) == (Severity.WARNING, ("TW0432", 4))
    assert "which bytes these are depends on numbers that were assumed" in found.notes
    assert found.help[-1] == "give the numbers with --arg name=value if the two never meet"
    assert check(*lines, n=8) == []
    (found,) = check(*lines, n=7)
    assert found.severity is Severity.ERROR
    emitted: list[Diagnostic] = []
    with collect_diagnostics(emitted.append):
        CheckSyncPass().apply(make_context(), parse(_HEAD + "\n".join([*lines, "return", "}"])))
    assert "TW0432" in [each.code for each in emitted]


def test_numbers_that_come_through_loops_and_calls_are_assumed_too(
    check: Check, parse: Callable[[str], ModuleOp]
) -> None:
    body = f"%row = arith.addi %i, %j : index\n{at('%row')}\npto.barrier <PIPE_MTE3>\n{STORE}"
    loop = f"scf.for %j = %c0 to %n step %c1 {{\n{body}\n}}"
    (found,) = check(BLOCK, loop)
    assert found.severity is Severity.WARNING
    helper = f"""\
func.func private @h(%w: {_PART}, %at: i64) {_KIND} {{
  %x = pto.alloc_tile addr = %at : {_TILE}
  {STORE}
  return
}}
"""
    for row, severity in (("%n", Severity.WARNING), ("%c0", Severity.ERROR)):
        call = f"func.call @h(%w, %at) : ({_PART}, i64) -> ()"
        with collect_diagnostics(lambda _: None):
            lines = [BLOCK, at(row), call, "return", "}"]
            (found,) = check_order(parse(helper + _HEAD + "\n".join(lines)))
        assert found.severity is severity


_MIXED = f"""\
func.func @m(%p: {_PART}, %q: {_PART}, %f: memref<256xi64>) {{
  %at = arith.constant 0 : i64
  %c0 = arith.constant 0 : i64
  pto.set_ffts %f : memref<256xi64>
  pto.section.cube {{
    pto.sync.set <PIPE_FIX>, 1
  }}
  pto.section.vector {{
    pto.sync.wait <PIPE_MTE2>, 1
    %x = pto.alloc_tile addr = %at : {_TILE}
    {{}}
  }}
  return
}}
"""
IN = f"pto.tload ins(%p : {_PART}) outs(%x : {_TILE})"
OUT = f"pto.tstore ins(%x : {_TILE}) outs(%q : {_PART})"
ADD_OUT = OUT + " {atomicType = #pto<atomic_type atomic_add>}"
BOTH = 11
"""The line of the first instruction."""


def _mixed(parse: Callable[[str], ModuleOp], *lines: str) -> list[Diagnostic]:
    with collect_diagnostics(lambda _: None):
        return check_order(parse(_MIXED.replace("{}", "\n".join(lines)).replace("{{", "{").replace("}}", "}")))


def test_both_vector_cores_store_the_same(parse: Callable[[str], ModuleOp]) -> None:
    assert _mixed(parse, IN, ALL, OUT) == []
    # What a core reads back is the same whichever of them stored it.
    assert _mixed(parse, OUT, ALL, IN.replace("%p", "%q")) == []


def test_an_update_in_place_happens_twice(parse: Callable[[str], ModuleOp]) -> None:
    found = _mixed(parse, IN, ALL, OUT.replace("%q", "%p"))
    assert [(each.code, each.location and each.location.line) for each in found] == [
        ("TW0430", BOTH),
        ("TW0431", BOTH + 2),
    ]
    assert found[0].message.startswith("MTE3 of vector core 0 may still write bytes 0 to 2048 of %p in global memory")
    assert found[0].help == ("let each work on bytes of its own, at an offset that grows with pto.get_subblock_idx",)


def test_both_vector_cores_add_the_same(parse: Callable[[str], ModuleOp]) -> None:
    (found,) = _mixed(parse, ADD_OUT)
    assert (found.code, found.location and found.location.line) == ("TW0446", BOTH)
    assert found.message == "pto.tstore of vector core 0 and of vector core 1 adds the same twice"
    only_first = f"%sub = pto.get_subblock_idx\n%is = arith.cmpi eq, %sub, %c0 : i64\nscf.if %is {{{{\n{ADD_OUT}\n}}}}"
    assert _mixed(parse, only_first) == []


def test_vector_cores_that_are_told_apart_store_different_things(parse: Callable[[str], ModuleOp]) -> None:
    (found,) = _mixed(parse, "%sub = pto.get_subblock_idx", OUT)
    assert (found.code, found.location and found.location.line) == ("TW0432", BOTH + 1)
