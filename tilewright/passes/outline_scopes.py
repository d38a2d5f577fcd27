"""`outline-scopes`: the code of each scope becomes a kernel that the function submits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from xdsl.context import Context
from xdsl.dialects import arith, func
from xdsl.dialects.builtin import ModuleOp, UnitAttr
from xdsl.ir import BlockArgument, Operation, OpResult, Region, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.task import (
    KERNEL,
    ORCHESTRATION,
    Direction,
    ScopeOp,
    SubmitOp,
    directions,
    is_kernel,
    set_directions,
)
from tilewright.dialects.tile import TensorReshapeOp, TensorType, ViewOp
from tilewright.passes.analysis.index_forms import Forms
from tilewright.passes.analysis.tensor_accesses import accesses, reads_and_writes

_PLACELESS = (arith.ConstantOp, TensorReshapeOp, ViewOp)
"""Ops that a kernel repeats instead of taking their result: a constant, and a part of a tensor, whose strides would be
lost on the way."""


@dataclass
class _Outliner:
    """Moves the code of one scope into a function.

    Attributes:
        body: the code, which still uses values from outside.
        order: where each op of the function around the scope stands.
        arguments: what the function takes, in the order in which it was defined, so that it does not matter what the
            code uses first.
    """

    body: Region
    order: Mapping[Operation, int]
    arguments: list[SSAValue] = field(default_factory=list[SSAValue])
    _entry: list[Operation] = field(default_factory=list[Operation])
    _inner: dict[SSAValue, SSAValue] = field(default_factory=dict[SSAValue, SSAValue])

    def run(self) -> Region:
        """Give the body of the function."""
        block = self.body.block
        for value in sorted(self._captured(), key=self._place):
            self._inner[value] = self._made(value)
        for op in self.body.walk():
            op.operands = [self._inner.get(value, value) for value in op.operands]
        if block.first_op is None:
            block.add_ops(self._entry)
        elif self._entry:
            block.insert_ops_before(self._entry, block.first_op)
        block.add_op(func.ReturnOp())
        return self.body

    def _captured(self) -> set[SSAValue]:
        """The values from outside that the code uses, and those that ops to repeat use in turn."""
        own: set[SSAValue] = set()
        for op in self.body.walk():
            own.update(op.results)
            own.update(value for region in op.regions for inner in region.blocks for value in inner.args)
        pending = [value for op in self.body.walk() for value in op.operands if value not in own]
        captured: set[SSAValue] = set()
        while pending:
            value = pending.pop()
            if value not in captured:
                captured.add(value)
                pending += value.owner.operands if isinstance(value.owner, _PLACELESS) else ()
        return captured

    def _place(self, value: SSAValue) -> tuple[int, int]:
        """Where a value is defined: parameters come first, since their function does."""
        assert isinstance(value, OpResult | BlockArgument)
        owner = value.owner if isinstance(value, OpResult) else value.owner.parent_op()
        assert owner is not None
        return self.order[owner], value.index

    def _made(self, value: SSAValue) -> SSAValue:
        """What stands for a value from outside."""
        owner = value.owner
        if isinstance(owner, _PLACELESS):
            copy = owner.clone({operand: self._inner[operand] for operand in owner.operands})
            copy.location = owner.location
            self._entry.append(copy)
            result = copy.results[0]
        else:
            block = self.body.block
            result = block.insert_arg(value.type, len(block.args))
            self.arguments.append(value)
        result.name_hint = value.name_hint
        return result


def _outline(scope: ScopeOp, name: str, order: dict[Operation, int]) -> func.FuncOp:
    """Put the submission of a kernel, whose name no symbol of the module has yet, in the place of a scope.

    Returns:
        The kernel, which stands in no module yet.
    """
    outliner = _Outliner(scope.detach_region(scope.body), order)
    body = outliner.run()
    types = [argument.type for argument in outliner.arguments]
    kernel = func.FuncOp(name, (types, []), body)
    kernel.location = scope.location
    submit = SubmitOp(name, outliner.arguments, scope.blocks, scope.dependencies)
    submit.location = scope.location
    # What says how the task is scheduled stays with the submission; the rest describes the code.
    for key, attribute in scope.attributes.items():
        target = submit if key.startswith("task.") else kernel
        target.attributes[key] = attribute
    kernel.attributes[KERNEL] = UnitAttr()
    submit.result.name_hint = scope.result.name_hint
    order[submit] = order[scope]
    Rewriter.replace_op(scope, submit)
    return kernel


def derive_directions(kernel: func.FuncOp) -> None:
    """Say of each tensor that a kernel takes whether it is read, written or both.

    A direction that is given stays.

    Raises:
        DiagnosticError: TW0667 where a given direction hides what the code does: others would not wait for it.
    """
    found = reads_and_writes(accesses(kernel.body, Forms(kernel.body)))
    result: list[Direction | None] = []
    for argument, given in zip(kernel.args, directions(kernel), strict=True):
        derived = found.get(argument, Direction.IN) if isinstance(argument.type, TensorType) else None
        if given is not None and argument in found and derived is not None:
            _check_given(kernel, argument, given, derived)
        result.append(given or derived)
    set_directions(kernel, result)


def _check_given(kernel: func.FuncOp, argument: SSAValue, given: Direction, derived: Direction) -> None:
    hidden = [word for word in ("reads", "writes") if getattr(derived, word) and not getattr(given, word)]
    if hidden:
        fail(
            "TW0667",
            f"@{kernel.sym_name.data} {hidden[0]} {value_name(argument)}, which is given as '{given}'",
            kernel,
            help=("say inout, or leave the direction away: it is derived",),
        )


@dataclass(frozen=True)
class OutlineScopesPass(ModulePass):
    """Turn every `task.scope` into a kernel and its submission.

    Requires: nothing.
    Ensures: no `task.scope` is left. A function that submits tasks has `task.orchestration`; a kernel, named after its
    function and its scope, has `task.kernel`, and `task.direction` on each tensor that it takes. Its arguments come in
    the order in which the function around it has them: its parameters, then what it computes. A kernel takes whole
    tensors only: it cuts its parts itself, since a part does not lie in memory as its type says.
    """

    name = "outline-scopes"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        functions = [each for each in op.ops if isinstance(each, func.FuncOp) and not each.is_declaration]
        names = {symbol.data for each in op.ops if (symbol := getattr(each, "sym_name", None)) is not None}
        for function in functions:
            order = {inner: position for position, inner in enumerate(function.walk())}
            for scope in [inner for inner in order if isinstance(inner, ScopeOp)]:
                name = _unique(f"{function.sym_name.data}_{scope.label.data}", names)
                Rewriter.insert_op(_outline(scope, name, order), InsertPoint.before(function))
            if any(isinstance(inner, SubmitOp) for inner in function.walk()):
                function.attributes[ORCHESTRATION] = UnitAttr()
        for kernel in op.ops:
            if isinstance(kernel, func.FuncOp) and is_kernel(kernel) and not kernel.is_declaration:
                derive_directions(kernel)


def _unique(wanted: str, taken: set[str]) -> str:
    """A symbol that is not taken yet, and that C++ can spell; it is taken then."""
    stem = name = re.sub(r"\W", "_", wanted, flags=re.ASCII)
    number = 1
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    taken.add(name)
    return name
