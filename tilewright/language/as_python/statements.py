"""Operations as statements of Python."""

from __future__ import annotations

from xdsl.dialects import arith, func, scf
from xdsl.dialects.builtin import IndexType, i64
from xdsl.ir import Attribute, Block, Operation
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
        case arith.ExtFOp() | arith.ExtUIOp() | arith.IndexCastOp() if _is_widening(op):
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
        if isinstance(op, ir.ReadOp):
            for each in _widenings(op):
                w.spell(each.results[0], names[-1])
    w.line(f"{', '.join(names)} = {text}", op)


def _widenings(read: ir.ReadOp) -> list[Operation]:
    """The operations after a read that the language itself adds: it computes with wider numbers than memory has."""
    element = str(read.source.type.element_type)
    if element in _HALVES:
        return _users(read, arith.ExtFOp)
    if not element.startswith("ui"):
        return []
    wide = [read] if read.result.type == i64 else [op for op in _users(read, arith.ExtUIOp) if _gives(op, i64)]
    casts = [[op for op in _users(each, arith.IndexCastOp) if _gives(op, IndexType())] for each in wide]
    return [*(each for each in wide if each is not read), *(op for each in casts for op in each)]


def _is_widening(op: Operation) -> bool:
    source = op.operands[0].owner
    if isinstance(source, arith.ExtUIOp):
        source = source.input.owner
    return isinstance(source, ir.ReadOp) and any(each is op for each in _widenings(source))


def _users(op: Operation, kind: type[Operation]) -> list[Operation]:
    return [use.operation for use in op.results[0].uses if isinstance(use.operation, kind)]


def _gives(op: Operation, type_: Attribute) -> bool:
    return op.results[0].type == type_


def _default(op: Operation) -> str:
    """What a value without a name is called: after its operation."""
    return op.name.rpartition(".")[2]
