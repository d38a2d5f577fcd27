"""Inputs that a function can be run on, made from its types alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod

import numpy as np
from xdsl.dialects import func
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, IntegerType
from xdsl.ir import Attribute, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import PtrType
from tilewright.dialects.tile import TensorType
from tilewright.execution.dtypes import DTYPES, Array, DType, is_array
from tilewright.execution.names import argument_names
from tilewright.execution.pointer_sizes import pointer_sizes

_SMALL_COUNTS = (1, 2, 3, 5)
"""Values for integer arguments, which mostly count or index something."""


@dataclass(frozen=True)
class Inputs:
    """Arguments of a function.

    Attributes:
        name: what they are, for messages.
        exact: whether sums of products of them are exact in FP32, in whatever order.
    """

    name: str
    exact: bool
    arguments: tuple[object, ...]

    def copies(self) -> list[object]:
        """The arguments, with arrays of their own."""
        return [argument.copy() if is_array(argument) else argument for argument in self.arguments]


_Fill = Callable[[np.random.Generator, tuple[int, ...], DType], Array]


def inputs_for(function: func.FuncOp, runs: int) -> Iterator[Inputs]:
    """Inputs of several kinds: small integers, full-range ones, and values that break careless arithmetic.

    Raises:
        DiagnosticError: TW0461 for an argument that no input can be made for, and what finding the sizes of pointers
            raises.
    """
    for number in range(runs):
        name, exact, fill = _KINDS[number % len(_KINDS)]
        make = partial(fill, np.random.default_rng(number))
        scalars = _scalars(function, number)
        sizes = pointer_sizes(function, scalars)
        labelled = zip(function.args, argument_names(function), scalars, strict=True)
        arguments = tuple(
            _argument(argument, label, scalar, sizes.get(position, 0), make)
            for position, (argument, label, scalar) in enumerate(labelled)
        )
        yield Inputs(f"{name} (seed {number})", exact, arguments)


def _scalars(function: func.FuncOp, number: int) -> list[int | float | None]:
    """A number for each argument that is one; the next gets the next, as bounds of loops ascend."""
    scalars: list[int | float | None] = []
    for argument in function.args:
        scalars.append(_scalar(argument, number + sum(each is not None for each in scalars)))
    return scalars


def _scalar(argument: SSAValue, number: int) -> int | float | None:
    match argument.type:
        case IntegerType(width=width) if width.data == 1:
            return number % 2
        case IntegerType() | IndexType():
            return _SMALL_COUNTS[number % len(_SMALL_COUNTS)]
        case type_ if str(type_) in ("f16", "bf16", "f32"):
            return (0.5, -2.0, 1.0)[number % 3]
        case _:
            return None


def _argument(
    argument: SSAValue,
    label: str,
    scalar: int | float | None,
    size: int,
    fill: Callable[[tuple[int, ...], DType], Array],
) -> object:
    if scalar is not None:
        return scalar
    match argument.type:
        case TensorType() as type_:
            shape = tuple(_SMALL_COUNTS[-1] if extent == DYNAMIC_INDEX else extent for extent in type_.extents)
            return fill(shape, _dtype(type_.element_type, label, argument))
        case PtrType() as type_:
            return fill((size,), _dtype(type_.element_type, label, argument))
        case type_:
            fail("TW0461", f"no input can be made for argument {label} of type {type_}", argument)


def _dtype(type_: Attribute, label: str, argument: SSAValue) -> DType:
    found = DTYPES.get(str(type_))
    if found is None:
        fail("TW0461", f"no input can be made for argument {label} with elements of {type_}", argument)
    return found


def _small(generator: np.random.Generator, shape: tuple[int, ...], dtype: DType) -> Array:
    low = 0 if dtype.kind in "ub" else -3
    return generator.integers(low, 4, shape).astype(dtype)


def _full(generator: np.random.Generator, shape: tuple[int, ...], dtype: DType) -> Array:
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return generator.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
    return generator.standard_normal(shape).astype(dtype)


def _extreme(generator: np.random.Generator, shape: tuple[int, ...], dtype: DType) -> Array:
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        values = np.array([limits.min, limits.max, 0, 1, limits.min + 1], dtype)
    else:
        values = np.array([0.0, -0.0, 1.0, -1.0, 1e-3, 255.0, -1024.0], np.float64).astype(dtype)
    return generator.choice(values, prod(shape)).reshape(shape).astype(dtype)


_KINDS: Sequence[tuple[str, bool, _Fill]] = (
    ("small integers", True, _small),
    ("values of the whole range", False, _full),
    ("extreme values", False, _extreme),
)
