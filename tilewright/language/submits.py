"""Kernels that are functions of their own: each is translated once for each kind of arguments, and submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.dialects import func
from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Block, Region, SSAValue

from tilewright.dialects.task import KERNEL, MANUAL, SubmitOp
from tilewright.language.annotations import Directed, Direction
from tilewright.language.functions import KernelFunction
from tilewright.language.operands import view
from tilewright.language.source import Source
from tilewright.language.translator import Scope, Translator
from tilewright.language.values import ScalarRef, TaskRef, TensorRef, TileRef, WindowRef, describe, is_sequence

_Argument = TensorRef | ScalarRef


def submit_kernel(
    t: Translator,
    function: KernelFunction,
    source: Source,
    arguments: Mapping[str, object],
    after: Sequence[SSAValue],
    blocks: SSAValue | None = None,
) -> tuple[object, TaskRef]:
    """Submit a kernel; gives what it returns, as the caller sees it, and the id of the task."""
    passed = {name: _passed(t, name, value) for name, value in arguments.items()}
    references = {name: value for name, value in passed.items() if isinstance(value, _Argument)}
    key = (
        source.file,
        source.first_line,
        source.node.name,
        *(
            (name, str(value.ssa.type) if isinstance(value, _Argument) else repr(value))
            for name, value in passed.items()
        ),
    )
    known = t.program.kernels.get(key)
    if known is None:
        known = _translate(t, function, source, passed)
        t.program.kernels[key] = known
    kernel, returned = known
    submit = t.emit(SubmitOp(kernel, [value.ssa for value in references.values()], blocks, after))
    if t.manual:
        submit.attributes[MANUAL] = UnitAttr()
    return _as_seen_by_caller(returned, passed), TaskRef(submit.result)


def _passed(t: Translator, name: str, value: object) -> object:
    match value:
        case WindowRef():
            return view(t, value)
        case TileRef():
            t.fail("TW0605", f"'{name}' is {describe(value)}; a kernel takes tensors and numbers")
        case _:
            return value


def _translate(
    t: Translator, function: KernelFunction, source: Source, passed: Mapping[str, object]
) -> tuple[str, object]:
    references = {name: value for name, value in passed.items() if isinstance(value, _Argument)}
    name = t.program.unique(function.name)
    block = Block(arg_types=[value.ssa.type for value in references.values()])
    inner = Translator(source, t.handlers, t.program, block)
    inner.inlined = [*t.inlined, source]
    names: dict[str, object] = dict(passed)
    origins: dict[SSAValue, str] = {}
    for (parameter, value), argument in zip(references.items(), block.args, strict=True):
        argument.name_hint = parameter
        names[parameter] = type(value)(argument)
        origins[argument] = parameter
    for parameter, value in names.items():
        inner.names.bind(parameter, value)
    inner.outputs = outputs_of(function)
    inner.scopes.append(Scope(name, block))
    inner.statements(source.node.body)
    inner.emit(func.ReturnOp())
    kernel = func.FuncOp(name, ([value.ssa.type for value in references.values()], []), Region(block))
    kernel.attributes[KERNEL] = UnitAttr()
    kernel.location = inner.location()
    t.program.functions[name] = kernel
    return name, _described(inner, inner.returned, origins)


def outputs_of(function: KernelFunction) -> frozenset[str]:
    """The parameters that are declared as outputs."""
    return frozenset(
        name
        for name, parameter in function.signature.parameters.items()
        if isinstance(parameter.annotation, Directed) and parameter.annotation.direction is not Direction.IN
    )


def _described(t: Translator, returned: object, origins: Mapping[SSAValue, str]) -> object:
    """What a kernel returns, by the names of its parameters."""
    if is_sequence(returned):
        return tuple(_described(t, part, origins) for part in returned)
    match returned:
        case None:
            return None
        case TensorRef(ssa) if ssa in origins:
            return origins[ssa]
        case _:
            t.fail(
                "TW0619",
                f"the kernel returns {describe(returned)}; it leaves its results in its pl.Out parameters",
                t.source.node,
                help=("out = pl.store(tile, [0, 0], out); return out",),
            )


def _as_seen_by_caller(returned: object, passed: Mapping[str, object]) -> object:
    if is_sequence(returned):
        return tuple(_as_seen_by_caller(part, passed) for part in returned)
    return passed[returned] if isinstance(returned, str) else None
