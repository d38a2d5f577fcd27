"""What is known of conditions in the first turn of a loop."""

from __future__ import annotations

from operator import eq, ge, gt, le, lt, ne

import pytest
from xdsl.dialects import arith, scf

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.passes.analysis.first_turns import FirstTurns

_PROGRAM = """func.func @f(%n: index, %flag: i1) {{
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %true = arith.constant true
  %negative = arith.constant -1 : index
  %zero = arith.constant 0 : index
  scf.for %k = {lower} to {upper} step %c2 {{
    %later = arith.addi %k, %c2 : index
    %is_first = arith.cmpi eq, %k, {lower} : index
    %not_first = arith.xori %is_first, %true : i1
    %asked = {condition}
  }}
  func.return
}}
"""


def _loop(condition: str, lower: str = "%c2", upper: str = "%n") -> scf.ForOp:
    module = parse_module(make_context(), _PROGRAM.format(condition=condition, lower=lower, upper=upper), "program")
    return next(op for op in module.walk() if isinstance(op, scf.ForOp))


@pytest.mark.parametrize(
    ("condition", "lower", "value"),
    [
        ("arith.cmpi eq, %k, %c2 : index", "%c2", True),
        ("arith.cmpi ne, %k, %c2 : index", "%c2", False),
        ("arith.cmpi slt, %k, %c3 : index", "%c2", True),
        ("arith.cmpi sle, %later, %c3 : index", "%c2", False),
        ("arith.cmpi sgt, %c3, %k : index", "%c2", True),
        ("arith.cmpi sge, %k, %c3 : index", "%c2", False),
        ("arith.cmpi ult, %k, %c3 : index", "%c2", True),
        ("arith.cmpi eq, %k, %n : index", "%n", True),
        ("arith.cmpi slt, %k, %later : index", "%n", True),
        ("arith.cmpi ult, %k, %later : index", "%n", None),
        ("arith.cmpi slt, %k, %n : index", "%c2", None),
        ("arith.andi %not_first, %flag : i1", "%c2", False),
        ("arith.andi %is_first, %flag : i1", "%c2", None),
        ("arith.ori %is_first, %flag : i1", "%n", True),
        ("arith.ori %not_first, %flag : i1", "%n", None),
        ("arith.xori %not_first, %true : i1", "%c2", True),
        ("arith.xori %is_first, %true : i1", "%c2", False),
        ("arith.xori %is_first, %not_first : i1", "%n", True),
        ("arith.xori %not_first, %flag : i1", "%c2", None),
        ("arith.xori %flag, %not_first : i1", "%c2", None),
        ("arith.andi %flag, %not_first : i1", "%c2", False),
        ("arith.andi %is_first, %true : i1", "%c2", True),
        ("arith.ori %not_first, %not_first : i1", "%c2", False),
        ("arith.ori %flag, %is_first : i1", "%n", True),
        ("arith.cmpi ult, %c3, %negative : index", "%c2", None),
        ("arith.cmpi ult, %negative, %c3 : index", "%c2", None),
        ("arith.cmpi uge, %n, %c3 : index", "%c2", None),
        ("arith.cmpi uge, %k, %n : index", "%n", None),
    ],
)
def test_a_condition_in_the_first_turn(condition: str, lower: str, value: bool | None) -> None:
    loop = _loop(condition, lower)
    asked = loop.body.block.last_op
    assert asked is not None
    before = asked.prev_op
    assert isinstance(before, arith.CmpiOp | arith.AndIOp | arith.OrIOp | arith.XOrIOp)
    assert FirstTurns().value(before.result, loop) is value


_PREDICATES = {"eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge}


@pytest.mark.parametrize(
    "predicate", ["eq", "ne", *(f"{sign}{name}" for sign in "su" for name in ("lt", "le", "gt", "ge"))]
)
def test_numbers_are_compared(predicate: str) -> None:
    holds = _PREDICATES[predicate[-2:]]
    for number in (0, 1, 2, 3):
        condition = f"arith.cmpi {predicate}, %k, %number : index"
        loop = _loop(
            f"arith.constant {number} : index\n    %number = arith.addi %asked, %zero : index\n    %told = {condition}"
        )
        op = next(op for op in loop.walk() if op.results and op.results[0].name_hint == "told")
        assert FirstTurns().value(op.results[0], loop) is holds(2, number)


def test_arms_that_the_first_turn_does_not_take() -> None:
    loop = _loop(
        """arith.addi %k, %c2 : index
    scf.if %is_first {
      %in_first = arith.addi %k, %c2 : index
      scf.if %flag {
        %in_some = arith.addi %k, %c2 : index
        scf.if %not_first {
          %in_none = arith.addi %k, %c2 : index
        } else {
          %in_inner = arith.addi %k, %c2 : index
        }
      }
    } else {
      %in_later = arith.addi %k, %c2 : index
      scf.for %j = %c2 to %c3 step %c2 {
        %in_loop = arith.addi %k, %c2 : index
      }
    }
    %behind = arith.addi %k, %c2 : index"""
    )
    names = ("in_first", "in_some", "in_none", "in_inner", "in_later", "in_loop", "behind")
    found = {op.results[0].name_hint: op for op in loop.walk() if op.results}
    turns = FirstTurns()
    assert [name for name in names if turns.excludes(loop, found[name])] == ["in_none", "in_later", "in_loop"]


@pytest.mark.parametrize(
    ("lower", "upper", "runs"),
    [("%c2", "%c3", True), ("%c3", "%c2", False), ("%c2", "%c2", False), ("%n", "%n", False), ("%c2", "%n", False)],
)
def test_whether_a_loop_has_a_first_turn(lower: str, upper: str, runs: bool) -> None:
    assert FirstTurns().runs(_loop("arith.addi %k, %c3 : index", lower, upper)) is runs
