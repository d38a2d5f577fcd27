"""Where buffers lie, also at addresses that are computed in loops, and which of them take the same bytes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from xdsl.dialects import arith, scf
from xdsl.ir import BlockArgument, Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.spaces import Space
from tilewright.passes.lint.ranges import Range, parts_of, trip_count, value_range

_TURNS = 64
"""Turns of a loop that are looked at: more than any ring has slots."""

_CASES = 4096
"""Combinations of turns of several loops that are looked at."""


@dataclass(frozen=True)
class Placement:
    """Some bytes of a memory from an address on."""

    space: Space
    address: SSAValue
    bytes: int

    @property
    def start(self) -> int | None:
        """The address, when it is a constant."""
        return constant_value(self.address)

    @property
    def extent(self) -> Range:
        """The lowest byte and the first byte behind the highest, over all values of the address."""
        found = value_range(self.address)
        return Range(found.low, None if found.high is None else found.high + self.bytes)


def shared_bytes(buffers: Sequence[Sequence[Placement]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Which buffers, by their numbers in pairs, take bytes in common, and which: the first, and the first behind.

    Addresses that are computed from the turn of a loop are compared turn by turn, so that the slots of a ring which
    change places do not meet.
    """
    places = [(place.extent, place, number) for number, buffer in enumerate(buffers) for place in buffer]
    places.sort(key=lambda each: -math.inf if each[0].low is None else each[0].low)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    open_places: dict[Space, list[tuple[Range, Placement, int]]] = {}
    for extent, place, number in places:
        others = open_places.get(place.space, [])
        still = [each for each in others if each[0].high is None or extent.low is None or each[0].high > extent.low]
        for _, other, before in still:
            pair = (min(before, number), max(before, number))
            common = None if before == number or pair in found else _common_bytes(other, place)
            if common is not None:
                found[pair] = common
        open_places[place.space] = [*still, (extent, place, number)]
    return dict(sorted(found.items()))


def _common_bytes(one: Placement, other: Placement) -> tuple[int, int] | None:
    for first, second in _starts(one.address, other.address):
        low, high = max(first, second), min(first + one.bytes, second + other.bytes)
        if low < high:
            return low, high
    return None


def _starts(first: SSAValue, second: SSAValue) -> Iterator[tuple[int, int]]:
    """Both addresses in one turn after the other of the loops around; nothing when they depend on anything else."""
    constants = constant_value(first), constant_value(second)
    if constants[0] is not None and constants[1] is not None:
        yield constants[0], constants[1]
        return
    parts = _operands((first, second))
    domains = _domains(parts, (first, second))
    if domains is None:
        return
    for numbers in islice(product(*domains.values()), _CASES):
        values = dict(zip(domains, numbers, strict=True))
        if _evaluate(parts, values):
            yield values[first], values[second]


def _operands(whole: Sequence[SSAValue]) -> list[SSAValue]:
    """The values that addresses are computed from, inputs first; the bounds of loops are none of them."""
    parts = list(dict.fromkeys(part for value in whole for part in parts_of(value)))
    needed = set(whole)
    for part in reversed(parts):
        op = part.owner
        if part in needed and isinstance(op, Operation) and (isinstance(op, _CONVERSIONS) or type(op) in _ARITHMETIC):
            needed.update(op.operands[:2])
    return [part for part in parts if part in needed]


def _domains(parts: Sequence[SSAValue], whole: Sequence[SSAValue]) -> dict[SSAValue, Sequence[int]] | None:
    """The variables of addresses with the values that they take; None when they are no functions of such.

    Whatever only remainders are taken of may have any value.
    """
    free = set(whole)  # what stands in an address as it is, and not under a remainder
    found: dict[SSAValue, Sequence[int]] = {}
    for value in reversed(parts):
        op = value.owner
        if constant_value(value) is not None:
            continue
        if isinstance(op, _CONVERSIONS) or type(op) in _ARITHMETIC:
            assert isinstance(op, Operation)
            if value in free and not isinstance(op, arith.RemUIOp | arith.RemSIOp):
                free.update(op.operands[:2])
            continue
        turns = _turns(value, bounded=value not in free)
        if turns is None:
            return None
        found[value] = turns
    return found


def _turns(value: SSAValue, *, bounded: bool) -> Sequence[int] | None:
    """The values of a variable of a loop, or of anything that is bounded later; None for anything else."""
    loop = value.block.parent_op() if isinstance(value, BlockArgument) and value.index == 0 else None
    if not isinstance(loop, scf.ForOp):
        return range(_TURNS) if bounded else None
    count, first, step = trip_count(loop), constant_value(loop.lb), constant_value(loop.step)
    if count is None and not bounded:
        return None
    turns = _TURNS if count is None else min(count, _TURNS)
    return [(first or 0) + (step or 1) * turn for turn in range(turns)]


_CONVERSIONS = (arith.IndexCastOp, arith.ExtSIOp, arith.ExtUIOp, arith.TruncIOp)

_ARITHMETIC: Mapping[type[Operation], Callable[[int, int], int]] = {
    arith.AddiOp: lambda a, b: a + b,
    arith.SubiOp: lambda a, b: a - b,
    arith.MuliOp: lambda a, b: a * b,
    arith.RemUIOp: lambda a, b: a % b,
    arith.RemSIOp: lambda a, b: a % b,
    arith.DivUIOp: lambda a, b: a // b,
    arith.DivSIOp: lambda a, b: a // b,
    arith.AndIOp: lambda a, b: a & b,
}


def _evaluate(parts: Sequence[SSAValue], values: dict[SSAValue, int]) -> bool:
    """Compute all parts of an expression; False where one divides by zero."""
    for part in parts:
        op = part.owner
        known = constant_value(part)
        if part in values:
            continue
        if known is not None:
            values[part] = known
        elif isinstance(op, _CONVERSIONS):
            values[part] = values[op.operands[0]]
        else:
            assert isinstance(op, Operation)
            left, right = (values[operand] for operand in op.operands[:2])
            if right == 0 and isinstance(op, _DIVISIONS):
                return False
            values[part] = _ARITHMETIC[type(op)](left, right)
    return True


_DIVISIONS = (arith.RemUIOp, arith.RemSIOp, arith.DivUIOp, arith.DivSIOp)
