"""What is known of conditions in the first turn of a loop."""

from __future__ import annotations

import pytest
from xdsl.dialects import arith, scf

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.passes.analysis.first_turns import FirstTurns

_PROGRAM = """func.func @f(%n: index, %flag: i1) {{
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %true = arith.constant true
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
    (loop,) = [op for op in module.walk() if isinstance(op, scf.ForOp)]
    return loop


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
    ],
)
def test_a_condition_in_the_first_turn(condition: str, lower: str, value: bool | None) -> None:
    loop = _loop(condition, lower)
    asked = loop.body.block.last_op
    assert asked is not None
    before = asked.prev_op
    assert isinstance(before, arith.CmpiOp | arith.AndIOp | arith.OrIOp | arith.XOrIOp)
    assert FirstTurns().value(before.result, loop) is value


@pytest.mark.parametrize(
    ("lower", "upper", "runs"), [("%c2", "%c3", True), ("%c3", "%c2", False), ("%c2", "%n", False), ("%n", "%n", False)]
)
def test_whether_a_loop_has_a_first_turn(lower: str, upper: str, runs: bool) -> None:
    assert FirstTurns().runs(_loop("arith.addi %k, %c3 : index", lower, upper)) is runs
