"""The bounds of integers, against all values that they take."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import arith, scf, test
from xdsl.dialects.builtin import IndexType
from xdsl.ir import Block, Operation, Region, SSAValue

from tilewright.passes.lint.ranges import Range, value_range

CALCULATIONS: dict[type[Operation], Callable[[int, int], int]] = {
    arith.AddiOp: lambda a, b: a + b,
    arith.SubiOp: lambda a, b: a - b,
    arith.MuliOp: lambda a, b: a * b,
    arith.DivUIOp: lambda a, b: a // b,
    arith.RemUIOp: lambda a, b: a % b,
    arith.MinSIOp: lambda a, b: min(a, b),
    arith.MaxSIOp: lambda a, b: max(a, b),
    arith.AndIOp: lambda a, b: a & b,
    arith.ShLIOp: lambda a, b: a << b,
}
"""Of natural numbers; what is no power of a divisor is no case of ours."""


def constant(number: int) -> SSAValue:
    return arith.ConstantOp.from_int_and_width(number, IndexType()).result


def counter(first: int, end: int, step: int) -> SSAValue:
    """The variable of a loop."""
    block = Block([scf.YieldOp()], arg_types=[IndexType()])
    scf.ForOp(constant(first), constant(end), constant(step), [], Region(block))
    return block.args[0]


@given(
    st.sampled_from(list(CALCULATIONS)),
    st.integers(0, 20),
    st.integers(1, 20),
    st.integers(1, 5),
    st.integers(1, 30),
    st.booleans(),
)
def test_bounds_hold_for_every_turn(
    kind: type[Operation], first: int, length: int, step: int, other: int, swapped: bool
) -> None:
    if kind is arith.SubiOp and not swapped and other > first:
        other = first
    turns = range(first, first + length, step)
    operands = (counter(first, first + length, step), constant(other))
    pairs = [(turn, other) for turn in turns]
    if swapped and kind not in (arith.SubiOp, arith.DivUIOp, arith.RemUIOp):
        operands, pairs = operands[::-1], [(b, a) for a, b in pairs]
    found = value_range(kind.create(operands=operands, result_types=[IndexType()]).results[0])
    values = [CALCULATIONS[kind](a, b) for a, b in pairs]
    assert found.low is not None
    assert found.high is not None
    assert found.low <= min(values)
    assert max(values) <= found.high


@pytest.mark.parametrize(("end", "expected"), [(8, Range(0, 6)), (9, Range(0, 8)), (0, Range(0, 0))])
def test_a_loop_ends_at_its_last_turn(end: int, expected: Range) -> None:
    assert value_range(counter(0, end, 2)) == expected


def test_of_what_comes_from_outside_nothing_is_known_but_its_remainder_is() -> None:
    unknown = test.TestOp(result_types=[IndexType()]).results[0]
    assert value_range(unknown) == Range(None, None)
    assert value_range(arith.RemUIOp(unknown, constant(3)).result) == Range(0, 2)
    assert value_range(arith.RemSIOp(unknown, constant(3)).result) == Range(-2, 2)
    assert value_range(arith.MinSIOp(unknown, constant(3)).result) == Range(None, 3)
    assert value_range(arith.SelectOp(unknown, constant(3), constant(5)).result) == Range(3, 5)
