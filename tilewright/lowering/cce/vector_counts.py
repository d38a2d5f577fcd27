"""The counts that a merge of sorted lists reports: a `vector<4xi16>` in MLIR, a struct of the library in C++."""

from __future__ import annotations

from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, VectorType, i16
from xdsl.ir import Attribute

from tilewright.lowering.cce.expressions import Braced, Literal, text
from tilewright.lowering.cce.scope import Scope
from tilewright.lowering.refusals import refuse

COUNTS = "MrgSortExecutedNumList"
"""The C++ type; its four fields are uint16_t."""


def are_counts(type_: Attribute) -> bool:
    """Say whether values of a type are counts."""
    return type_ == VectorType(i16, [4])


def declare_counts(scope: Scope, op: ConstantOp) -> None:
    """Write counts as a variable: the merge replaces what they start with."""
    if not isinstance(op.value, DenseIntOrFPElementsAttr) or not are_counts(op.result.type):
        refuse(op, "C++")
    numbers = tuple(Literal(number % (1 << 16)) for number in op.value.get_values() if isinstance(number, int))
    name = scope.declare(op.result, "counts")
    scope.writer.line(f"{COUNTS} {name} = {text(Braced(numbers))};", op)
