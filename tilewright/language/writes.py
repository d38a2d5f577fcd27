"""Which parameters a program writes: an output that nothing writes is a mistake of its author."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects import func
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.task import SubmitOp
from tilewright.dialects.tile import StoreOp, TensorReshapeOp, ViewOp, WriteOp
from tilewright.language.translator import Translator


def check_outputs(t: Translator, entry: func.FuncOp) -> None:
    """Raise unless every parameter that is declared as an output is written.

    Raises:
        DiagnosticError: TW0611, at the parameter.
    """
    written = _written(entry, t.program.functions)
    arguments = t.source.node.args
    for node in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if node.arg not in t.outputs:
            continue
        value = next((each for each in entry.body.block.args if each.name_hint == node.arg), None)
        if value is not None and value not in written:
            t.fail(
                "TW0611",
                f"'{node.arg}' is declared as an output, but nothing is written to it",
                node,
                help=(f"{node.arg}[...] = value", f"{node.arg} = pl.assemble({node.arg}, value, [0, 0])"),
            )


def _written(function: func.FuncOp, others: Mapping[str, func.FuncOp]) -> set[SSAValue]:
    """The arguments of a function that it, or a kernel that it submits, writes."""
    found: set[SSAValue] = set()
    for op in function.walk():
        found.update(map(_root, _targets(op, others)))
    return found


def _targets(op: Operation, others: Mapping[str, func.FuncOp]) -> list[SSAValue]:
    match op:
        case StoreOp() | WriteOp():
            return [op.target]
        case SubmitOp():
            kernel = others[op.kernel_name]
            written = _written(kernel, others)
            pairs = zip(op.arguments, kernel.body.block.args, strict=True)
            return [value for value, argument in pairs if argument in written]
        case _:
            return []


def _root(value: SSAValue) -> SSAValue:
    while isinstance(value.owner, ViewOp | TensorReshapeOp):
        value = value.owner.source
    return value
