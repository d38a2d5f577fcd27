"""Operations as statements of Python."""

from __future__ import annotations

from xdsl.dialects import arith, func, scf
from xdsl.ir import Block, Operation
from xdsl.traits import IsTerminator

from tilewright.dialects import task
from tilewright.dialects import tile as ir
from tilewright.language.as_python import numbers, tiles
from tilewright.language.as_python.writer import Writer, refuse

_HALVES = ("f16", "bf16")
"""Numbers that the language computes with as if they had 32 bits."""


def expression(w: Writer, op: Operation) -> str | None:
    """The expression that an operation is; None where it is none."""
    text = numbers.expression(w, op)
    return tiles.expression(w, op) if text is None else text


def write_block(w: Writer, block: Block, done: Operation | None = None) -> None:
    """Write the statements of a block, all but its end and what is done already."""
    for op in block.ops:
        if op is not done and not op.has_trait(IsTerminator):
            write(w, op)


def write(w: Writer, op: Operation) -> None:
    """Write one statement.

    Raises:
        DiagnosticError: TW0630.
    """
    from tilewright.language.as_python import control, tasks

    match op:
        case arith.ConstantOp():
            if w.constant(op.result) is None:
                refuse(op, f"a constant of type {op.result.type}")
        case scf.ForOp() | ir.PipelineOp():
            control.write_for(w, op)
        case scf.IfOp():
            control.write_if(w, op)
        case scf.WhileOp():
            control.write_while(w, op)
        case task.SubmitOp():
            tasks.write_submit(w, op)
        case task.DummyOp() | task.ArrayOp() | task.ArrayGetOp() | task.ArraySetOp():
            tasks.write_other(w, op)
        case arith.ExtFOp() if _is_half(op):
            pass  # the read before it gives this number
        case _:
            _assign(w, op)


def _assign(w: Writer, op: Operation) -> None:
    text = expression(w, op)
    if text is None:
        what = f"a call of @{op.callee.string_value()}" if isinstance(op, func.CallOp) else op.name
        refuse(op, what)
    if not op.results:
        w.line(text, op)
        return
    names: list[str] = []
    for result in op.results:
        names.append(w.define(result, _default(op)))
        wider = [use.operation for use in result.uses if isinstance(use.operation, arith.ExtFOp)]
        if isinstance(op, ir.ReadOp) and str(result.type) in _HALVES:
            for each in wider:
                w.spell(each.results[0], names[-1])
    w.line(f"{', '.join(names)} = {text}", op)


def _is_half(op: arith.ExtFOp) -> bool:
    return isinstance(op.operands[0].owner, ir.ReadOp)


def _default(op: Operation) -> str:
    """What a value without a name is called: after its operation."""
    return op.name.rpartition(".")[2]
