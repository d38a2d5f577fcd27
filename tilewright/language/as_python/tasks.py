"""Tasks as statements of Python: the code of a kernel in place, or its submission."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from xdsl.dialects import arith, func
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation, SSAValue

from tilewright.dialects import task
from tilewright.language.as_python.statements import write_block
from tilewright.language.as_python.writer import Writer, refuse

LEVEL = "level"
"""The attribute of a kernel that was a scope."""


def is_scope(kernel: func.FuncOp, submits: Sequence[task.SubmitOp]) -> bool:
    """Whether a kernel can stand where it is submitted: it was a scope, and is submitted once."""
    if LEVEL not in kernel.attributes or len(submits) != 1:
        return False
    caller = task.function_of(submits[0])
    return caller is not None and kernel.sym_name.data.startswith(f"{caller.sym_name.data}_")


def write_submit(w: Writer, op: task.SubmitOp) -> None:
    """A submission."""
    kernel = op.kernel
    assert kernel is not None
    manual = w.block("with pl.manual_scope():", op) if op.is_manual else nullcontext()
    with manual:
        if LEVEL in kernel.attributes:
            _write_scope(w, op, kernel)
        else:
            _write_call(w, op)


def _write_call(w: Writer, op: task.SubmitOp) -> None:
    arguments = [op.kernel_name, *(w.typed(value, op) for value in op.arguments)]
    if op.blocks is not None:
        arguments.append(f"core_num={w.use(op.blocks, op)}")
    name = "submit" if op.blocks is None else "spmd_submit"
    w.line(f"_, {w.define(op.result, 'task')} = pl.{name}({', '.join([*arguments, *_deps(w, op)])})", op)


def _write_scope(w: Writer, op: task.SubmitOp, kernel: func.FuncOp) -> None:
    caller = task.function_of(op)
    assert caller is not None
    label = kernel.sym_name.data.removeprefix(f"{caller.sym_name.data}_")
    level = kernel.attributes[LEVEL]
    known = level.data if isinstance(level, StringAttr) else ""
    if known != "core_group":
        refuse(op, f"the level {level} of a scope")
    block = kernel.body.block
    first = next((each for each in block.ops if not isinstance(each, arith.ConstantOp)), None)
    hint = [f'name_hint="{label}"', *_scheduling(op), *_deps(w, op)]
    done: Operation | None = None
    w.identify(dict(zip(block.args, op.arguments, strict=True)))
    if op.blocks is None:
        head = f"with pl.at({', '.join(['level=pl.Level.CORE_GROUP', *hint])})"
    else:
        arguments = ", ".join([w.use(op.blocks, op), *hint])
        head = f"with pl.spmd({arguments})"
        if isinstance(first, task.BlockIndexOp) and not op.result.first_use:
            head, done = f"for {w.define(first.result, 'block')} in pl.spmd({arguments})", first
    if op.result.first_use:
        head += f" as {w.define(op.result, 'task')}"
    with w.block(f"{head}:", kernel):
        write_block(w, block, done)


def _scheduling(op: task.SubmitOp) -> list[str]:
    keywords = {"sync_start": task.SYNC_START, "allow_early_resolve": task.EARLY_DISPATCH}
    return [f"{keyword}=True" for keyword, attribute in keywords.items() if attribute in op.attributes]


def _deps(w: Writer, op: task.SubmitOp | task.DummyOp) -> list[str]:
    return [f"deps={w.uses(op.dependencies, op)}"] if op.dependencies else []


def write_other(w: Writer, op: task.DummyOp | task.ArrayOp | task.ArrayGetOp | task.ArraySetOp) -> None:
    """A task that does nothing, and arrays of ids."""
    match op:
        case task.DummyOp():
            w.line(f"{_name(w, op.result)} = pl.system.task_dummy({', '.join(_deps(w, op))})", op)
        case task.ArrayOp():
            w.line(f"{_name(w, op.result)} = pl.array.create({w.use(op.extent, op)}, pl.TASK_ID)", op)
        case task.ArrayGetOp():
            place = f"{w.use(op.array, op)}[{w.use(op.index, op)}]"
            w.line(f"{_name(w, op.result)} = {place}", op)
        case task.ArraySetOp():
            w.line(f"{w.use(op.array, op)}[{w.use(op.index, op)}] = {w.use(op.task, op)}", op)


def _name(w: Writer, value: SSAValue) -> str:
    return w.define(value, "tasks" if isinstance(value.type, task.ArrayType) else "task")


def submits_of(root: Operation) -> dict[str, list[task.SubmitOp]]:
    """The submissions of a program by the kernel that they run."""
    found: dict[str, list[task.SubmitOp]] = {}
    for op in root.walk():
        if isinstance(op, task.SubmitOp):
            found.setdefault(op.kernel_name, []).append(op)
    return found
