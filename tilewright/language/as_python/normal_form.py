"""When two programs are the same: the form in which they are compared, and the first operation that differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects import arith, func, scf
from xdsl.dialects.builtin import ArrayAttr, FunctionType, ModuleOp, UnitAttr
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.rewriter import Rewriter
from xdsl.transforms.dead_code_elimination import dce

from tilewright.dialects.registry import make_context
from tilewright.dialects.task import KERNEL, is_kernel, is_orchestration
from tilewright.dialects.task.places import OrchestrationOp
from tilewright.dialects.tile import LoadOp, StoreOp
from tilewright.language.as_python.branches import drop_equal_results
from tilewright.language.as_python.tasks import submits_of
from tilewright.passes.manager import parse_pipeline, run_passes

_PASSES = "canonicalize,cse,outline-scopes"


def outlined(module: ModuleOp) -> ModuleOp:
    """A copy of a program as it is compiled: its compute scopes in functions of their own.

    A function that submits nothing is a kernel, whether it says so or not.

    Raises:
        DiagnosticError: what the verifier or the passes refuse.
    """
    copy = module.clone()
    for function in copy.ops:
        if isinstance(function, func.FuncOp) and not _submits(function):
            function.attributes.setdefault(KERNEL, UnitAttr())
    run_passes(make_context(), copy, parse_pipeline(_PASSES), verify_each=False)
    # What a branch no longer hands on may let more be folded, and that leave more branches without a result.
    while sum(drop_equal_results(op) for op in list(copy.walk(reverse=True)) if isinstance(op, scf.IfOp)):
        run_passes(make_context(), copy, parse_pipeline("canonicalize,cse"), verify_each=False)
    dce(copy)
    return copy


def _submits(function: func.FuncOp) -> bool:
    return is_orchestration(function) or any(isinstance(op, OrchestrationOp) for op in function.walk())


def normal_form(module: ModuleOp) -> ModuleOp:
    """A copy of a program in which nothing differs that does not matter.

    Constants stand first, each once and in order; kernels take what they use in order of its first use; functions are
    in order of their names; what a property of an operation says anyway is not said.

    Raises:
        DiagnosticError: what the verifier or the passes refuse.
    """
    copy = outlined(module)
    submits = submits_of(copy)
    for op in list(copy.walk()):
        _simplify(op)
    functions = [op for op in copy.ops if isinstance(op, func.FuncOp)]
    for function in functions:
        if function.is_declaration:
            continue
        _gather_constants(function)
        called = submits.get(function.sym_name.data, ())
        if is_kernel(function) and called:
            _sort_arguments(function, called)
    for function in sorted(functions, key=lambda each: each.sym_name.data):
        function.detach()
        copy.body.block.add_op(function)
    return copy


def _simplify(op: Operation) -> None:
    match op:
        case LoadOp() if op.sizes is not None and tuple(op.sizes.get_values()) == op.result.type.extents:
            op.sizes = None
        case StoreOp() if op.sizes is not None and tuple(op.sizes.get_values()) == op.tile.type.extents:
            op.sizes = None
        case scf.IfOp() if not op.false_region.blocks:
            op.false_region.add_block(Block([scf.YieldOp()]))
        case _:
            pass


def _gather_constants(function: func.FuncOp) -> None:
    block = function.body.blocks[0]
    found: dict[tuple[str, str], arith.ConstantOp] = {}
    for op in list(function.walk()):
        if isinstance(op, arith.ConstantOp):
            key = str(op.result.type), str(op.value)
            first = found.setdefault(key, op)
            if first is op:
                op.detach()
            else:
                Rewriter.replace_op(op, (), (first.result,))
    ordered = [op for _, op in sorted(found.items(), key=lambda item: item[0])]
    if block.first_op is None:
        block.add_ops(ordered)
    else:
        block.insert_ops_before(ordered, block.first_op)


def _sort_arguments(kernel: func.FuncOp, submits: Sequence[Operation]) -> None:
    block = kernel.body.block
    first: dict[SSAValue, int] = {}
    for op in kernel.walk():
        for operand in op.operands:
            first.setdefault(operand, len(first))
    before = list(block.args)
    order = sorted(range(len(before)), key=lambda place: first.get(before[place], len(first) + place))
    for place in order:
        moved = block.insert_arg(before[place].type, len(block.args))
        before[place].replace_all_uses_with(moved)
    for argument in before:
        block.erase_arg(argument)
    kernel.function_type = FunctionType.from_lists(
        [argument.type for argument in block.args], list(kernel.function_type.outputs)
    )
    if isinstance(kernel.arg_attrs, ArrayAttr):
        kernel.arg_attrs = ArrayAttr(kernel.arg_attrs.data[place] for place in order)
    for submit in submits:
        given = submit.operands[: len(order)]
        submit.operands = [*(given[place] for place in order), *submit.operands[len(order) :]]


def same_program(left: ModuleOp, right: ModuleOp) -> bool:
    """Whether two programs are the same, but for names and locations and what `normal_form` evens out."""
    return first_difference(normal_form(left), normal_form(right)) is None


def first_difference(left: ModuleOp, right: ModuleOp) -> Operation | None:
    """The first operation of `left` in which two modules in normal form differ; None if they are the same."""
    return _Comparison().operations(left, right)


class _Comparison:
    """Walks through two modules side by side."""

    def __init__(self) -> None:
        self._pairs: dict[SSAValue, SSAValue] = {}

    def operations(self, a: Operation, b: Operation) -> Operation | None:
        """The first difference within two operations."""
        if list(_facts(a)) != list(_facts(b)) or any(
            self._pairs.get(x) is not y for x, y in zip(a.operands, b.operands, strict=True)
        ):
            return a
        for x, y in zip(a.regions, b.regions, strict=True):
            found = self._regions(a, x, y)
            if found is not None:
                return found
        self._pairs.update(zip(a.results, b.results, strict=True))
        return None

    def _regions(self, at: Operation, a: Region, b: Region) -> Operation | None:
        if len(a.blocks) != len(b.blocks):
            return at
        for x, y in zip(a.blocks, b.blocks, strict=True):
            found = self._blocks(at, x, y)
            if found is not None:
                return found
        return None

    def _blocks(self, at: Operation, a: Block, b: Block) -> Operation | None:
        if a.arg_types != b.arg_types:
            return at
        self._pairs.update(zip(a.args, b.args, strict=True))
        others = iter(b.ops)
        for op in a.ops:
            other = next(others, None)
            found = op if other is None else self.operations(op, other)
            if found is not None:
                return found
        return at if next(others, None) is not None else None


def _facts(op: Operation) -> Iterator[Attribute | str | int]:
    """What an operation says by itself."""
    yield op.name
    for name, attribute in sorted((*op.properties.items(), *op.attributes.items())):
        yield name
        yield attribute
    yield len(op.operands)
    yield from op.result_types
    yield len(op.regions)
    yield len(op.successors)
