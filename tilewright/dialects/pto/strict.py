"""What ptoas lets through: rules of the C++ library, and rules of the hardware that neither checks.

Verification of an op (`verify_`) demands what ptoas 0.27 demands, so that every program that ptoas accepts can be read.
The rules here are for those who want to know more before they compile and run: `verify-pto` and `tilewright check`.
Each problem is a sentence that begins with its code; nothing here looks further than at one op and its operands.
"""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Operation

from tilewright.dialects.pto import hardware_rules, library_rules


def library_problems(op: Operation) -> Iterator[str]:
    """What the C++ library for a2a3 refuses when it compiles or, in debug builds, runs the op.

    Yields messages that begin with their code. The op verifies.
    """
    if not _is_lowered(op):
        yield from library_rules.problems(op)


def hardware_problems(op: Operation) -> Iterator[str]:
    """What neither ptoas nor the library checks, but makes the op go wrong on a2a3.

    Yields messages that begin with their code. The op verifies.
    """
    if not _is_lowered(op):
        yield from hardware_rules.problems(op)


def _is_lowered(op: Operation) -> bool:
    """Whether the op works on memrefs, whose layout nothing here knows."""
    return any(isinstance(value.type, MemRefType) for value in (*op.operands, *op.results))
