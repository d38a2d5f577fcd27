"""Integers that are known not to be negative."""

from __future__ import annotations

import pytest

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import SetFlagDynOp
from tilewright.dialects.registry import make_context
from tilewright.lowering.cce.ranges import never_negative


def _answer(computation: str) -> bool:
    """Ask about `%r`, computed from an unknown `%n` and a variable `%i` that is not negative."""
    text = f"""
    func.func @f(%n: index, %c: i32, %p: i1) {{
      %c2 = arith.constant 2 : index
      %minus = arith.constant -1 : index
      scf.for %i = %c2 to %n step %c2 {{
        {computation}
        pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %r]
      }}
      return
    }}"""
    module = parse_module(make_context(), text, "kernel.mlir")
    (flag,) = (op for op in module.walk() if isinstance(op, SetFlagDynOp))
    return never_negative(flag.event_id)


@pytest.mark.parametrize(
    "computation, expected",
    [
        ("%r = arith.constant 0 : index", True),
        ("%r = arith.constant -1 : index", False),
        ("%r = arith.addi %i, %c2 : index", True),
        ("%r = arith.addi %i, %minus : index", False),
        ("%r = arith.muli %i, %i : index", True),
        ("%r = arith.subi %i, %i : index", False),
        ("%r = arith.andi %n, %c2 : index", True),
        ("%r = arith.andi %n, %n : index", False),
        ("%r = arith.maxsi %n, %c2 : index", True),
        ("%r = arith.minsi %n, %c2 : index", False),
        ("%r = arith.minsi %i, %c2 : index", True),
        ("%r = arith.ceildivsi %i, %c2 : index", True),
        ("%r = arith.floordivsi %n, %c2 : index", False),
        ("%r = arith.index_castui %c : i32 to index", True),
        ("%x = arith.index_cast %i : index to i8\n%r = arith.index_cast %x : i8 to index", False),
        (
            "%x = arith.index_cast %i : index to i64\n%y = arith.addi %x, %x : i64\n"
            "%r = arith.index_cast %y : i64 to index",
            True,
        ),
        (
            "%x = arith.constant 2147483647 : i32\n%y = arith.addi %x, %x : i32\n"
            "%r = arith.index_cast %y : i32 to index",
            False,
        ),
        ("%r = arith.remui %i, %c2 : index", True),
        ("%r = arith.remui %n, %c2 : index", False),
        ("%r = arith.divsi %i, %c2 : index", True),
        ("%r = arith.select %p, %i, %c2 : index", True),
        ("%r = arith.select %p, %n, %c2 : index", False),
        ("%x = arith.index_cast %i : index to i64 %r = arith.index_cast %x : i64 to index", True),
        ("%x = arith.extui %c : i32 to i64 %r = arith.index_cast %x : i64 to index", True),
        ("%x = arith.extsi %c : i32 to i64 %r = arith.index_cast %x : i64 to index", False),
        ("%r = arith.addi %n, %n : index", False),
    ],
)
def test_what_is_known(computation: str, expected: bool) -> None:
    assert _answer(computation) is expected


def test_the_search_gives_up_on_long_chains() -> None:
    links = [f"%x{n + 1} = arith.addi %x{n}, %c2 : index" for n in range(20)]
    chain = ["%x0 = arith.addi %i, %c2 : index", *links, "%r = arith.addi %x20, %c2 : index"]
    assert not _answer("\n".join(chain))


def test_a_carried_value_is_unknown() -> None:
    assert not _answer("""
    %r = scf.for %j = %c2 to %n step %c2 iter_args(%sum = %c2) -> (index) {
      %next = arith.subi %sum, %j : index
      scf.yield %next : index
    }""")
