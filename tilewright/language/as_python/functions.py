"""Functions of a program as functions of Python."""

from __future__ import annotations

from collections.abc import Container, Sequence

from xdsl.dialects import func
from xdsl.dialects.builtin import DYNAMIC_INDEX, ModuleOp
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.task import Direction, SubmitOp, directions, is_kernel
from tilewright.dialects.tile import TensorReshapeOp, TensorType, ViewOp
from tilewright.language.as_python.names import Names, is_name
from tilewright.language.as_python.statements import write_block
from tilewright.language.as_python.tasks import is_scope, submits_of
from tilewright.language.as_python.writer import Writer, refuse

_WIDTH = 100
"""Characters of a line; parameters that need more have a line each."""


def write_functions(w: Writer, module: ModuleOp, returned: Sequence[str | int], *, as_tuple: bool) -> None:
    """Write the functions of a program, its entry last.

    Args:
        w: what writes.
        module: an entry and kernels, or one kernel.
        returned: what the entry gives back: the name of a parameter, or the number of a tensor that it makes. What
            the entry makes, without it.
        as_tuple: whether it gives back a tuple.

    Raises:
        DiagnosticError: TW0630.
    """
    functions = _functions(module)
    submits = submits_of(module)
    entry = _entry(module, functions, submits.keys())
    names = [function.sym_name.data for function in functions]
    for function in functions:
        if function is not entry and not is_scope(function, submits.get(function.sym_name.data, ())):
            w.names = Names(names)
            _write_function(w, function, ())
    w.names = Names(names)
    results = _results(entry, returned)
    _write_function(w, entry, results, as_tuple=as_tuple or len(results) > 1)


def _functions(module: ModuleOp) -> list[func.FuncOp]:
    functions: list[func.FuncOp] = []
    for op in module.ops:
        if not isinstance(op, func.FuncOp):
            refuse(op, op.name)
        if op.is_declaration:
            refuse(op, f"@{op.sym_name.data}, whose code is elsewhere")
        if not is_name(op.sym_name.data):
            refuse(op, f"the name @{op.sym_name.data}")
        functions.append(op)
    return functions


def _entry(module: ModuleOp, functions: Sequence[func.FuncOp], submitted: Container[str]) -> func.FuncOp:
    """The one function that nobody submits."""
    free = [function for function in functions if function.sym_name.data not in submitted]
    if len(free) != 1:
        at: Operation = free[-1] if free else module
        refuse(at, f"a program of {len(free)} functions that nobody submits")
    return free[0]


def _results(entry: func.FuncOp, returned: Sequence[str | int]) -> list[SSAValue]:
    """What an entry gives back; IR says only which of that it makes."""
    last = entry.body.block.last_op
    assert last is not None
    if not returned:
        return list(last.operands)
    parameters = {argument.name_hint: argument for argument in entry.body.block.args}
    return [last.operands[each] if isinstance(each, int) else parameters[each] for each in returned]


def _write_function(w: Writer, function: func.FuncOp, results: Sequence[SSAValue], *, as_tuple: bool = False) -> None:
    block = function.body.block
    w.line("", function)
    w.line("", function)
    w.line("@pl.jit.incore" if is_kernel(function) else "@pl.jit", function)
    given = dict(zip(block.args, directions(function), strict=True))
    if not is_kernel(function):
        given |= _written(function)
    parameters = [_parameter(w, function, argument, given[argument]) for argument in block.args]
    head = f"def {function.sym_name.data}({', '.join(parameters)}):"
    if len(head) > _WIDTH:
        w.line(f"def {function.sym_name.data}(", function)
        for parameter in parameters:
            w.line(f"    {parameter},", function)
        head = "):"
    with w.block(head, function):
        write_block(w, block)
        if results:
            end = block.last_op
            assert end is not None
            values = ", ".join(w.use(value, end) for value in results)
            w.line(f"return {values}{',' if as_tuple and len(results) == 1 else ''}", end)


def _parameter(w: Writer, function: func.FuncOp, argument: SSAValue, direction: Direction | None) -> str:
    name = w.define(argument, "x")
    if not isinstance(argument.type, TensorType):
        return f"{name}: pl.Scalar[{w.dtype(argument.type, function)}]"
    extents = [
        f'pl.dynamic("{name}_{axis}")' if extent == DYNAMIC_INDEX else str(extent)
        for axis, extent in enumerate(argument.type.extents)
    ]
    text = f"pl.Tensor[[{', '.join(extents)}], {w.dtype(argument.type.element_type, function)}]"
    if direction is None or not direction.writes:
        return f"{name}: {text}"
    return f"{name}: pl.{'InOut' if direction.reads else 'Out'}[{text}]"


def _written(entry: func.FuncOp) -> dict[SSAValue, Direction]:
    """What the tasks of an entry do with its parameters."""
    found: dict[SSAValue, Direction] = {}
    for op in entry.walk():
        kernel = op.kernel if isinstance(op, SubmitOp) else None
        if kernel is None:
            continue
        for value, direction in zip(op.operands, directions(kernel), strict=False):
            root = _root(value)
            if direction is not None:
                before = found.get(root)
                reads = direction.reads or (before is not None and before.reads)
                writes = direction.writes or (before is not None and before.writes)
                found[root] = Direction.of(reads=reads, writes=writes)
    return found


def _root(value: SSAValue) -> SSAValue:
    while isinstance(value.owner, ViewOp | TensorReshapeOp):
        value = value.owner.source
    return value
