"""Numbers to run a kernel with when nobody gives any: loops that run never, once and a few times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from xdsl.dialects import arith, func, scf
from xdsl.dialects.builtin import DYNAMIC_INDEX, AnyFloat, IndexType, IntegerType, MemRefType, i1
from xdsl.ir import Operation, SSAValue
from xdsl.utils.hints import isa

from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto import GmLayout, MakeTensorViewOp, PartitionViewType, PtrType, TensorViewType
from tilewright.execution.instructions import Window
from tilewright.execution.names import argument_names
from tilewright.lowering.cce.memref_types import is_global

TRIPS = (0, 1, 2, 3, 9)
"""How often loops run whose bounds nobody gives: seldom, and until the longest ring, of eight slots, comes round."""

_LARGE = 1 << 16
"""An extent of a tensor that nothing depends on but the distances between its rows."""

_Number = int | float

_TYPES = PtrType | PartitionViewType | TensorViewType | IndexType | IntegerType | AnyFloat
"""Arguments that a run can be given; the other is a memref in global memory."""

_LOWER, _UPPER, _STEP = 0, 1, 2
"""Which operand of a loop is what."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Numbers for the scalar arguments of some functions, by name; `assumed` are those that nobody gave."""

    numbers: Mapping[str, _Number]
    assumed: tuple[str, ...]

    def arguments(self, function: func.FuncOp) -> list[object]:
        """Give the arguments of a function: numbers, windows for views, None for pointers."""
        named = zip(function.args, argument_names(function), strict=True)
        return [
            _window(position, name, value.type)
            if isinstance(value.type, PartitionViewType | TensorViewType)
            else self.numbers.get(name)
            for position, (value, name) in enumerate(named)
        ]

    def __str__(self) -> str:
        return ", ".join(f"{name} = {self.numbers[name]}" for name in self.assumed)


def _window(position: int, name: str, view: PartitionViewType | TensorViewType) -> Window:
    """A tensor of its own, row after row; what the type leaves open is large."""
    shape = tuple(_LARGE if extent == DYNAMIC_INDEX else extent for extent in view.extents)
    strides = tuple(prod(shape[axis + 1 :]) for axis in range(len(shape)))
    return Window(position, name, str(view.element_type), 0, shape, strides, GmLayout.ND)


def without_place(function: func.FuncOp) -> SSAValue | None:
    """An argument that lies where only a caller knows: a function with one cannot run by itself."""
    for value in function.args:
        type_ = value.type
        known = isinstance(type_, _TYPES) or (isa(type_, MemRefType) and is_global(type_))
        if not known:
            return value
    return None


def scenarios(
    functions: Sequence[func.FuncOp], given: Mapping[str, _Number], trips: Sequence[int] = TRIPS
) -> Iterator[Scenario]:
    """Give the numbers of each run.

    Args:
        functions: what runs together; arguments of the same name are the same.
        given: numbers by the name of the argument.
        trips: how often loops run whose bounds are not given.
    """
    scalars: dict[str, list[SSAValue]] = {}
    for function in functions:
        for name, value in zip(argument_names(function), function.args, strict=True):
            if isinstance(value.type, IndexType | IntegerType | AnyFloat):
                scalars.setdefault(name, []).append(value)
    unknown = tuple(name for name in scalars if name not in given)
    seen: set[tuple[_Number, ...]] = set()
    bits = (0, 1) if any(_is_bit(scalars[name][0]) for name in unknown) else (0,)
    for count in trips:
        for bit in bits:
            numbers = {name: _assumed(scalars[name], count, bit) for name in unknown}
            if (key := tuple(numbers.values())) not in seen:
                seen.add(key)
                yield Scenario({**given, **numbers}, unknown)


def counts(functions: Sequence[func.FuncOp], given: Mapping[str, _Number]) -> dict[str, int]:
    """Give the arguments that say how often loops run, unless given, and by how much each grows for one more turn."""
    found: dict[str, int] = {}
    for function in functions:
        for name, value in zip(argument_names(function), function.args, strict=True):
            if name in given or value.type == i1 or not isinstance(value.type, IndexType | IntegerType):
                continue
            bounds = {use.index for use in value.uses if isinstance(use.operation, scf.ForOp)}
            factors = list(_factors(value, 1, {}))
            if factors and _STEP not in bounds and bounds != {_LOWER}:
                found[name] = max(found.get(name, 1), *factors)
    return found


def _is_bit(value: SSAValue) -> bool:
    return value.type == i1


def _assumed(values: Sequence[SSAValue], trips: int, bit: int) -> _Number:
    first = values[0]
    if isinstance(first.type, AnyFloat):
        return 1.0
    if _is_bit(first):
        return bit
    bounds = {use.index for value in values for use in value.uses if isinstance(use.operation, scf.ForOp)}
    if _STEP in bounds or bounds == {_LOWER}:
        return int(_STEP in bounds)
    factors = [factor for value in values for factor in _factors(value, 1, {})]
    return trips * max(factors) if factors else _LARGE if any(map(_is_extent, values)) else trips


def _factors(value: SSAValue, factor: int, seen: dict[SSAValue, None]) -> Iterator[int]:
    """By how much a number has to grow for one more iteration of each loop that it bounds."""
    if value in seen:
        return
    seen[value] = None
    for use in value.uses:
        op = use.operation
        match op:
            case scf.ForOp() if use.index == _UPPER:
                yield factor * max(1, constant_value(op.step) or 1)
            case arith.DivUIOp() | arith.DivSIOp() | arith.CeilDivUIOp() | arith.CeilDivSIOp() | arith.FloorDivSIOp():
                divisor = constant_value(op.rhs) if use.index == 0 else None
                yield from _factors(op.result, factor * max(1, divisor or 1), seen)
            case arith.CmpiOp():
                yield factor
            case _ if op.dialect_name() == "arith":
                yield from (found for result in op.results for found in _factors(result, factor, seen))
            case _:
                pass


def _is_extent(value: SSAValue) -> bool:
    """Whether a number says how large a tensor is, directly or computed."""
    pending: list[SSAValue] = [value]
    seen: dict[Operation, None] = {}
    while pending:
        for use in pending.pop().uses:
            if isinstance(use.operation, MakeTensorViewOp):
                return True
            if use.operation.dialect_name() == "arith" and use.operation not in seen:
                seen[use.operation] = None
                pending += use.operation.results
    return False
