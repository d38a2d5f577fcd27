"""Integer operations of `pto` functions with two results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from xdsl.dialects import arith
from xdsl.ir import Operation

from tilewright.dialects.upstream import AddUIExtendedOp
from tilewright.execution.scalars import bits_of, wrapper

Pair: TypeAlias = Callable[[int, int], tuple[int, int]]


def _add_unsigned(op: Operation) -> Pair:
    """A sum, and whether it left the word."""
    bits = bits_of(op.results[0].type)
    wrap, mask = wrapper(bits), (1 << bits) - 1

    def run(a: int, b: int) -> tuple[int, int]:
        total = (a & mask) + (b & mask)
        return wrap(total), -(total > mask)

    return run


def _multiply(*, signed: bool) -> Callable[[Operation], Pair]:
    """A product of two words, the low one first."""

    def make(op: Operation) -> Pair:
        bits = bits_of(op.results[0].type)
        wrap, mask = wrapper(bits), (1 << bits) - 1

        def run(a: int, b: int) -> tuple[int, int]:
            product = a * b if signed else (a & mask) * (b & mask)
            return wrap(product), wrap(product >> bits)

        return run

    return make


WIDE_SCALARS: Mapping[type[Operation], Callable[[Operation], Pair]] = {
    AddUIExtendedOp: _add_unsigned,
    arith.MulSIExtendedOp: _multiply(signed=True),
    arith.MulUIExtendedOp: _multiply(signed=False),
}
"""For each operation, what makes its function from its types."""
