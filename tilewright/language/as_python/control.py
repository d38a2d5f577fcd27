"""Loops and branches as statements of Python."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType
from xdsl.ir import Block, Operation, SSAValue

from tilewright.dialects.task import PARALLEL
from tilewright.dialects.tile import PipelineOp, TileType
from tilewright.language.as_python import numbers
from tilewright.language.as_python.statements import expression, write_block
from tilewright.language.as_python.writer import Writer, refuse


def write_for(w: Writer, op: scf.ForOp | PipelineOp) -> None:
    """A loop that counts."""
    if not isinstance(op.lb.type, IndexType):
        refuse(op, f"a loop that counts in {op.lb.type}")
    kind = "pipeline" if isinstance(op, PipelineOp) else "parallel" if PARALLEL in op.attributes else "range"
    arguments = _bounds(w, op)
    if isinstance(op, PipelineOp):
        arguments.append(f"stage={op.stage_count}")
    block = op.body.block
    variable, *inside = block.args
    starts = _starts(w, op, op.iter_args)
    if starts:
        arguments.append(f"init_values={_tuple(starts)}")
    target = w.define(variable, "i")
    if inside:
        target += f", {_tuple([w.define(value, 'carried') for value in inside])}"
    with w.block(f"for {target} in pl.{kind}({', '.join(arguments)}):", op):
        write_block(w, block)
        if inside:
            _yield(w, op, block, op.results)


def _bounds(w: Writer, op: scf.ForOp | PipelineOp) -> list[str]:
    step = w.constant(op.step)
    if step is not None and step < 1:
        refuse(op, f"a loop in steps of {step}")
    if step != 1:
        return [w.use(bound, op) for bound in (op.lb, op.ub, op.step)]
    return [w.use(bound, op) for bound in ((op.ub,) if w.constant(op.lb) == 0 else (op.lb, op.ub))]


def _starts(w: Writer, op: Operation, values: Sequence[SSAValue]) -> list[str]:
    """What a loop starts with; after it, the language reads the name of such a tile no more."""
    starts: list[str] = []
    for value in values:
        text = numbers.carried(w, value, op)
        if isinstance(value.type, TileType) and not value.has_one_use():
            copy = w.names.new(f"{text}_start", "start")
            w.line(f"{copy} = {text}", op)
            text = copy
        starts.append(text)
    return starts


def _yield(w: Writer, op: Operation, block: Block, results: Sequence[SSAValue]) -> None:
    last = block.last_op
    assert last is not None
    values = ", ".join(numbers.carried(w, value, last) for value in last.operands)
    names = ", ".join(w.define(result, "result") for result in results)
    w.line(f"{names} = pl.yield_({values})" if names else f"pl.yield_({values})", op)


def _tuple(parts: Sequence[str]) -> str:
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def write_if(w: Writer, op: scf.IfOp) -> None:
    """A branch; a name that both sides bind stands for each result."""
    results = [w.names.new(result.name_hint, "either") for result in op.results]
    for head, region in ((f"if {w.typed(op.cond, op)}:", op.true_region), ("else:", op.false_region)):
        if not region.blocks:
            continue
        block = region.block
        last = block.last_op
        if head == "else:" and block.first_op is last and not results:
            continue
        with w.block(head, op):
            write_block(w, block)
            assert last is not None
            for name, value in zip(results, last.operands, strict=True):
                w.line(f"{name} = {numbers.carried(w, value, last)}", last)
    for name, result in zip(results, op.results, strict=True):
        w.spell(result, name)
        if not result.first_use:
            w.line(f"_ = {name}", op)  # the language hands on only what is read


def write_while(w: Writer, op: scf.WhileOp) -> None:
    """A loop that ends by a condition, which is one expression."""
    test, body = op.before_region.block, op.after_region.block
    last = test.last_op
    if not isinstance(last, scf.ConditionOp) or tuple(last.args) != tuple(test.args):
        refuse(op, "a loop whose condition changes what it carries")
    starts = _starts(w, op, op.arguments)
    names = [w.define(value, "carried") for value in body.args]
    w.identify(dict(zip(test.args, body.args, strict=True)))
    with w.block(
        f"for {_tuple(names) if names else '()'} in pl.while_(init_values={_tuple(starts) if starts else '()'}):", op
    ):
        for inner in test.ops:
            if inner is not last and not isinstance(inner, arith.ConstantOp):
                text = expression(w, inner)
                if text is None or len(inner.results) != 1:
                    refuse(inner, f"{inner.name} in the condition of a loop")
                w.spell(inner.results[0], f"({text})")
        w.line(f"pl.cond({w.typed(last.condition, last)})", last)
        write_block(w, body)
        _yield(w, op, body, op.results)
