"""The counts that a merge of sorted lists reports: a `vector<4xi16>` in MLIR, a struct of the library in C++."""

from __future__ import annotations

from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, VectorType, i16

from tilewright.lowering.cce.expressions import Braced, Literal, text
from tilewright.lowering.cce.scope import Scope
from tilewright.lowering.cce.types import scalar
from tilewright.lowering.refusals import refuse


def declare_counts(scope: Scope, op: ConstantOp) -> None:
    """Write counts as a variable: the merge replaces what they start with. The four fields are uint16_t.

    Raises:
        DiagnosticError: TW0330 for a constant of any other type.
    """
    if not isinstance(op.value, DenseIntOrFPElementsAttr) or op.result.type != VectorType(i16, [4]):
        refuse(op, "C++")
    numbers = tuple(Literal(number % (1 << 16)) for number in op.value.get_values() if isinstance(number, int))
    name = scope.declare(op.result, "counts")
    scope.writer.line(f"{scalar(op.result.type, op)} {name} = {text(Braced(numbers))};", op)
