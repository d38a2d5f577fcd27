"""What the race checker finds in small programs: codes, lines and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, Severity, collect_diagnostics
from tilewright.dialects.registry import make_context
from tilewright.execution.check_sync import CheckSyncPass
from tilewright.execution.races.checker import check_order
from tilewright.execution.races.prepared import prepared

_TILE = "!pto.tile_buf<vec, 8x64xf32>"
_PART = "!pto.partition_tensor_view<8x64xf32>"
_HEAD = f"""\
func.func @k(%p: !pto.ptr<f32>, %n: index, %b: i1) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %a0 = arith.constant 0 : i64
  %a1 = arith.constant 2048 : i64
  %v = pto.make_tensor_view %p, shape = [%c64, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %g = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> {_PART}
  %h = pto.partition_view %v, offsets = [%c8, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> {_PART}
  %x = pto.alloc_tile addr = %a0 : {_TILE}
  %y = pto.alloc_tile addr = %a1 : {_TILE}
"""
FIRST = _HEAD.count("\n") + 1
"""The line of the first instruction."""

LOAD = f"pto.tload ins(%g : {_PART}) outs(%x : {_TILE})"
EXP = f"pto.texp ins(%x : {_TILE}) outs(%y : {_TILE})"
SQUARE = f"pto.tmul ins(%y, %y : {_TILE}, {_TILE}) outs(%y : {_TILE})"
STORE = f"pto.tstore ins(%y : {_TILE}) outs(%h : {_PART})"
BARRIER = "pto.barrier <PIPE_V>"


def up(source: str, target: str, event: int = 0) -> str:
    """Raise a flag."""
    return f"pto.set_flag[<PIPE_{source}>, <PIPE_{target}>, <EVENT_ID{event}>]"


def down(source: str, target: str, event: int = 0) -> str:
    """Await a flag."""
    return f"pto.wait_flag[<PIPE_{source}>, <PIPE_{target}>, <EVENT_ID{event}>]"


Check = Callable[..., list[Diagnostic]]


@pytest.fixture
def check(parse: Callable[[str], ModuleOp]) -> Check:
    """The reports on a function with these lines, which start at line `FIRST`."""

    def run(*lines: str, **numbers: int) -> list[Diagnostic]:
        module = parse(_HEAD + "\n".join([*lines, "return", "}"]))
        with collect_diagnostics(lambda _: None):
            return check_order(module, numbers)

    return run


def brief(found: list[Diagnostic]) -> Iterator[tuple[str, int]]:
    """Code and line of each report, the line counted from the first instruction."""
    for each in found:
        assert each.location is not None
        yield each.code, each.location.line - FIRST


def test_a_program_with_all_flags_has_nothing_to_report(check: Check) -> None:
    assert not check(LOAD, up("MTE2", "V"), down("MTE2", "V"), EXP, up("V", "MTE3"), down("V", "MTE3"), STORE)


def test_a_read_that_does_not_wait_for_the_write(check: Check) -> None:
    (found,) = check(LOAD, EXP, n=0, b=0)
    assert list(brief([found])) == [("TW0430", 1)]
    assert found.message == (
        f"MTE2 may still write bytes 0 to 2048 of vec by pto.tload at line {FIRST} while V reads them by pto.texp "
        f"at line {FIRST + 1}: nothing makes V wait"
    )
    first, then, order = found.notes
    assert first.startswith(f"first: test.pto:{FIRST}:1\npto.tload ins(%g")
    assert then.startswith(f"then: test.pto:{FIRST + 1}:1\npto.texp ins(%x")
    assert order.splitlines()[1:] == [
        f"1. MTE2 starts pto.tload at line {FIRST}",
        f"2. V executes pto.texp at line {FIRST + 1}, and reads what the bytes held before",
        "3. MTE2 writes the bytes",
    ]
    assert found.help == (f"a flag from MTE2 to V, raised after line {FIRST} and awaited before line {FIRST + 1}",)


def test_a_write_that_does_not_wait_for_the_read_of_the_iteration_before(check: Check) -> None:
    loop = "scf.for %i = %c0 to %n step %c1 {"
    found = check(loop, LOAD, up("MTE2", "V"), down("MTE2", "V"), BARRIER, EXP, "}", n=3, b=0)
    assert list(brief(found)) == [("TW0431", 1), ("TW0434", 2)]
    assert found[0].message == (
        f"V may still read bytes 0 to 2048 of vec by pto.texp at line {FIRST + 5} while MTE2 writes them by pto.tload "
        f"at line {FIRST + 1}: nothing makes MTE2 wait"
    )
    assert "(%i = 0)" in found[0].notes[0]
    assert "(%i = 1)" in found[0].notes[1]
    assert found[0].notes[-1] == "met 2 times"
    assert found[0].help == (
        f"a flag from V to MTE2, raised after line {FIRST + 5} and once before the loop of %i, "
        f"awaited before line {FIRST + 1} and once after the loop",
    )


def test_a_flag_that_is_awaited_elsewhere_is_named(check: Check) -> None:
    second = LOAD.replace("%x", "%y")
    found = check(LOAD, up("MTE2", "V"), second, down("MTE2", "V"), EXP)
    assert list(brief(found)) == [("TW0432", 4)]
    assert f"the flag from MTE2 that V awaited last, at line {FIRST + 3}, was raised before that" in found[0].notes


def test_two_writes(check: Check) -> None:
    found = check(EXP, LOAD.replace("%x", "%y"))
    assert ("TW0432", 1) in brief(found)


def test_vector_instructions_that_depend_on_each_other(check: Check) -> None:
    assert not check(EXP, BARRIER, SQUARE)
    (found,) = check(EXP, SQUARE)
    assert list(brief([found])) == [("TW0433", 1)]
    assert found.message.endswith(f"by pto.tmul at line {FIRST + 1}: no barrier keeps the two apart")
    assert found.help == (f"pto.barrier <PIPE_V> before line {FIRST + 1}",)


AGAIN = STORE.replace("%y", "%x")
ADDS = " {atomicType = #pto<atomic_type atomic_add>}"


def test_two_stores_to_the_same_bytes(check: Check) -> None:
    assert not check(STORE, "pto.barrier <PIPE_MTE3>", AGAIN)
    assert not check(STORE, AGAIN.replace("%h", "%g"))
    (found,) = check(STORE, AGAIN)
    assert list(brief([found])) == [("TW0433", 1)]
    assert found.severity is Severity.ERROR
    assert found.message == (
        f"MTE3 may still write bytes 2048 to 4096 of %p in global memory by pto.tstore at line {FIRST} while MTE3 "
        f"writes them by pto.tstore at line {FIRST + 1}: no barrier keeps the two apart"
    )
    assert found.help == (f"pto.barrier <PIPE_MTE3> before line {FIRST + 1}",)


def test_a_flag_that_comes_back_orders_two_stores(check: Check) -> None:
    there_and_back = [up("MTE3", "V"), down("MTE3", "V"), up("V", "MTE3"), down("V", "MTE3")]
    assert not check(STORE, *there_and_back, AGAIN)


def test_stores_that_add_may_come_in_any_order(check: Check) -> None:
    assert not check(STORE + ADDS, AGAIN + ADDS)
    assert list(brief(check(STORE + ADDS, AGAIN))) == [("TW0433", 1)]
    assert list(brief(check(STORE, AGAIN + ADDS))) == [("TW0433", 1)]


def test_stores_in_turns_of_a_loop(check: Check) -> None:
    def loop(rows: str, *before: str) -> list[str]:
        return [
            "scf.for %i = %c0 to %n step %c1 {",
            f"%row = arith.muli %i, {rows} : index",
            "%w = pto.partition_view %v, offsets = [%row, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> "
            + _PART,
            *before,
            STORE.replace("%h", "%w"),
            "}",
        ]

    assert not check(*loop("%c8"))
    assert not check(*loop("%c1", "pto.barrier <PIPE_MTE3>"))
    (found,) = check(*loop("%c1"))
    assert (found.code, found.severity) == ("TW0433", Severity.ERROR)
    # With another number of rows they may be apart.
    (found,) = check(*loop("%n"))
    assert (found.code, found.severity) == ("TW0433", Severity.WARNING)
    assert not check(*loop("%n"), n=8)


def test_a_barrier_of_all_pipes_orders_everything(check: Check) -> None:
    assert not check(LOAD, "pto.barrier <PIPE_ALL>", EXP, "pto.barrier <PIPE_ALL>", STORE)


def test_a_flag_that_is_raised_twice(check: Check) -> None:
    found = check(up("MTE2", "V"), up("MTE2", "V"), down("MTE2", "V"), down("MTE2", "V"))
    assert list(brief(found)) == [("TW0434", 1)]
    assert found[0].message == "event 0 from MTE2 to V is raised again before V has certainly awaited it"


def test_a_flag_that_nothing_raises(check: Check) -> None:
    found = check(down("MTE2", "V"), EXP)
    assert list(brief(found)) == [("TW0435", 0)]
    assert found[0].message == "V waits for event 0 from MTE2, which nothing raises: the kernel never ends"


def test_pipes_that_wait_for_each_other(check: Check) -> None:
    lines = (down("V", "MTE2"), up("MTE2", "V"), down("MTE2", "V"), up("V", "MTE2"))
    assert list(brief(check(*lines))) == [("TW0435", 0), ("TW0435", 2)]


def test_a_wait_may_stand_in_front_of_what_raises_the_flag(check: Check) -> None:
    # The pipes have queues of their own; but then the load that stands last comes first.
    assert not check(down("MTE2", "V"), LOAD, up("MTE2", "V"), EXP)
    assert ("TW0431", 2) in brief(check(down("MTE2", "V"), EXP, LOAD, up("MTE2", "V")))


def test_a_flag_that_stays_raised(check: Check) -> None:
    found = check(up("MTE2", "V"))
    assert list(brief(found)) == [("TW0436", 0)]
    assert found[0].message == "event 0 from MTE2 to V is still raised at the end"


def test_flags_that_only_one_way_through_a_branch_balances(check: Check) -> None:
    (found,) = check(up("MTE2", "V"), "scf.if %b {", down("MTE2", "V"), "}")
    assert list(brief([found])) == [("TW0436", 0)]
    (found,) = check("scf.if %b {", up("MTE2", "V"), "}", down("MTE2", "V"))
    assert list(brief([found])) == [("TW0435", 3)]


def test_an_event_that_two_pairs_of_instructions_share(check: Check) -> None:
    second = LOAD.replace("%x", "%y")
    waits = (down("MTE2", "V"), EXP.replace("%y", "%x"), BARRIER, down("MTE2", "V"), SQUARE)
    (found,) = check(LOAD, up("MTE2", "V"), second, up("MTE2", "V"), *waits)
    assert list(brief([found])) == [("TW0434", 3)]
    assert found.help == (
        "take another event id, or let MTE2 wait for a flag that V raises once it has awaited this one",
    )
    other = (*waits[:3], down("MTE2", "V", 1), SQUARE)
    assert not check(LOAD, up("MTE2", "V"), second, up("MTE2", "V", 1), *other)


def test_an_event_that_the_chip_does_not_have(check: Check) -> None:
    lines = [f"pto.{what}_flag_dyn[<PIPE_MTE2>, <PIPE_V>, %c8]" for what in ("set", "wait")]
    found = check(*lines)
    assert list(brief(found)) == [("TW0437", 0)]
    assert found[0].message == "event 8 does not exist: there are 8 for each pair of pipes"


def test_a_flag_to_the_same_pipe(check: Check) -> None:
    (found,) = check(up("V", "V"), down("V", "V"))
    assert list(brief([found])) == [("TW0437", 0)]
    assert found.message == "event 0 goes from V to itself"
    assert found.help == ("pto.barrier <PIPE_V> lets a pipe finish what it does",)


def test_parts_of_rows_are_told_apart(check: Check) -> None:
    tile, part = "!pto.tile_buf<vec, 8x64xf32, valid=8x{}>", "!pto.partition_tensor_view<8x32xf32>"
    window = (
        f"%l = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c8, %c32] : !pto.tensor_view<?x?xf32> -> {part}"
    )
    lines = ["%c32 = arith.constant 32 : index", window]
    lines += ["%right = arith.constant {} : i64", f"%z = pto.alloc_tile addr = %right : {tile.format(32)}"]
    lines += [f"%w = pto.alloc_tile addr = %a0 : {tile.format(32)}"]
    lines += [f"pto.tload ins(%l : {part}) outs(%w : {tile.format(32)})"]
    lines += [f"pto.texp ins(%z : {tile.format(32)}) outs(%z : {tile.format(32)})"]
    assert not check(*[line.format(128) if "i64" in line else line for line in lines])
    assert check(*[line.format(96) if "i64" in line else line for line in lines])


def test_all_ways_through_a_branch_are_run(check: Check) -> None:
    found = check(EXP, "scf.if %b {", SQUARE, "}")
    assert list(brief(found)) == [("TW0433", 2)]


def test_remarks_say_what_was_assumed(parse: Callable[[str], ModuleOp]) -> None:
    remarks: list[Diagnostic] = []
    module = parse(_HEAD + "scf.for %i = %c0 to %n step %c8 {\n}\nreturn\n}")
    with collect_diagnostics(remarks.append):
        check_order(module, {"b": 1}, (0, 2))
    assert [(each.code, each.message) for each in remarks] == [
        ("TW0441", "@k ran with numbers that nobody gave: n = 0; n = 16")
    ]
    assert remarks[0].location is not None
    assert remarks[0].location.line == 1


def test_numbers_that_a_kernel_cannot_do_with_are_remarked(parse: Callable[[str], ModuleOp]) -> None:
    remarks: list[Diagnostic] = []
    bad = "%w = pto.partition_view %v, offsets = [%n, %c0], sizes = [%c64, %c64] : !pto.tensor_view<?x?xf32> -> "
    module = parse(_HEAD + LOAD + "\n" + bad + "!pto.partition_tensor_view<64x64xf32>\n" + EXP + "\nreturn\n}")
    with collect_diagnostics(remarks.append):
        found = check_order(module, {"b": 1}, (0, 1))
    assert [each.code for each in remarks] == ["TW0442", "TW0441"]
    assert remarks[0].message.startswith("@k could not run to its end with n = 1: a window of 64x64 elements")
    assert remarks[0].location is not None
    assert remarks[0].location.line == FIRST + 1
    assert list(brief(found)) == [("TW0430", 2)]
    with pytest.raises(DiagnosticError, match="TW0410"):
        check_order(module, {"b": 1, "n": 1})


def test_an_argument_that_no_kernel_has(parse: Callable[[str], ModuleOp]) -> None:
    with pytest.raises(DiagnosticError) as error:
        check_order(parse(_HEAD + "return\n}"), {"m": 1})
    assert error.value.diagnostics[0].code == "TW0443"
    assert error.value.diagnostics[0].message == "no kernel has an argument m"


def test_a_program_without_flags_gets_them_first(parse: Callable[[str], ModuleOp]) -> None:
    remarks: list[Diagnostic] = []
    module = parse(_HEAD + "\n".join([LOAD, EXP, STORE, "return", "}"]))
    with collect_diagnostics(remarks.append):
        changed = prepared(module)
        assert check_order(changed, {"n": 0, "b": 0}) == []
    assert changed is not module
    assert [(each.code, each.location and each.location.line) for each in remarks] == [("TW0440", 1)]
    assert remarks[0].message == "@k has no flags: the pipeline pto gives them first, and the result is checked"
    assert remarks[0].severity is Severity.REMARK


def test_the_pass_refuses_what_is_not_ordered(parse: Callable[[str], ModuleOp]) -> None:
    CheckSyncPass().apply(make_context(), parse(_HEAD + f"{LOAD}\n{BARRIER}\nreturn\n}}"))
    with pytest.raises(DiagnosticError) as error:
        CheckSyncPass().apply(make_context(), parse(_HEAD + f"{LOAD}\n{EXP}\nreturn\n}}"))
    assert list(brief(list(error.value.diagnostics))) == [("TW0430", 1)]
    with pytest.raises(DiagnosticError, match="TW0003"):
        CheckSyncPass(trips=-1).apply(make_context(), parse(_HEAD + "return\n}"))


def test_a_function_that_only_a_caller_can_run_is_remarked(parse: Callable[[str], ModuleOp]) -> None:
    remarks: list[Diagnostic] = []
    module = parse(f"func.func @f(%x: {_TILE}) {{\npto.texp ins(%x : {_TILE}) outs(%x : {_TILE})\nreturn\n}}")
    with collect_diagnostics(remarks.append):
        assert check_order(module) == []
    assert [(each.code, each.message) for each in remarks] == [
        ("TW0442", "@f did not run: only a caller knows where %x lies")
    ]
