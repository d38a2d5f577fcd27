"""Programs that are one small change away from those of the repository.

What a pass may rewrite, and when two instructions may meet, hangs on conditions that a program written for it fulfils.
Here a constant is another number, two operands change places, an operand is another value of its type, an attribute
has another value, or an op is left out, stands twice or one place later: the program is as legal as before, and more
often than not it misses just one of those conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from xdsl.dialects import arith, func, scf
from xdsl.dialects.builtin import IntegerAttr, ModuleOp
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Attribute, Block, Operation, SSAValue
from xdsl.rewriter import InsertPoint, Rewriter
from xdsl.traits import IsolatedFromAbove, IsTerminator
from xdsl.utils.exceptions import DiagnosticException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import DiagnosticError, collect_diagnostics
from tilewright.dialects.tile import PipelineOp
from tilewright.dialects.verification import verify

from .compiled import parse

Change = Callable[[], None]

_TRIES = 20


@dataclass(frozen=True)
class NearMiss:
    """A changed program: the text, and in words what was changed."""

    text: str
    what: str


def near_misses(text: str, number: int, seed: str) -> Iterator[NearMiss]:
    """So many different programs that are one change away from this one, the same for the same seed.

    There are fewer where the program gives no more. All of them pass verification.
    """
    random = Random(seed)
    seen = {str(parse(text))}
    for _ in range(number):
        for _ in range(_TRIES):
            module = parse(text)
            what = _changed(module, random)
            if what is not None and str(module) not in seen and _is_legal(module):
                seen.add(str(module))
                yield NearMiss(str(module), what)
                break


def _is_legal(module: ModuleOp) -> bool:
    """Whether a module passes verification, and its loops have an end."""
    if any(constant_value(op.step) == 0 for op in module.walk() if isinstance(op, scf.ForOp | PipelineOp)):
        return False
    try:
        with collect_diagnostics(lambda _warning: None):
            verify(module)
            parse(str(module))
    except (DiagnosticError, DiagnosticException):
        return False
    return True


def _changed(module: ModuleOp, random: Random) -> str | None:
    """Change a module in one place; gives the kind of the change."""
    kinds: dict[str, list[Change]] = {}
    for function in module.ops:
        if isinstance(function, func.FuncOp) and not function.is_declaration:
            for op in function.walk():
                if op is not function:
                    for kind, change in _changes(op, random):
                        kinds.setdefault(kind, []).append(change)
    if not kinds:
        return None
    kind = random.choice(sorted(kinds))
    random.choice(kinds[kind])()
    return kind


def _changes(op: Operation, random: Random) -> Iterator[tuple[str, Change]]:
    yield from _numbers(op, random)
    yield from _operands(op, random)
    yield from _attributes(op, random)
    yield from _places(op)


def _numbers(op: Operation, random: Random) -> Iterator[tuple[str, Change]]:
    if isinstance(op, arith.ConstantOp) and isinstance(value := op.value, IntegerAttr):
        old = value.value.data

        def change() -> None:
            new = random.choice([each for each in (0, 1, old - 1, old + 1, 2 * old, old // 2) if each != old])
            op.value = IntegerAttr(new, value.type)

        yield "number", change


def _operands(op: Operation, random: Random) -> Iterator[tuple[str, Change]]:
    for first, one in enumerate(op.operands):
        for second, other in enumerate(op.operands[first + 1 :], first + 1):
            if one is not other and one.type == other.type:
                yield "swapped operands", lambda first=first, second=second: _swap(op, first, second)
        if any(each is not one and each.type == one.type for each in _visible(op)):
            yield "operand", lambda first=first: _replace(op, first, random)


def _swap(op: Operation, first: int, second: int) -> None:
    operands = list(op.operands)
    operands[first], operands[second] = operands[second], operands[first]
    op.operands = operands


def _replace(op: Operation, position: int, random: Random) -> None:
    old = op.operands[position]
    others = [each for each in _visible(op) if each is not old and each.type == old.type]
    op.operands = [*op.operands[:position], random.choice(others), *op.operands[position + 1 :]]


def _visible(op: Operation) -> Iterator[SSAValue]:
    """The values that an op may use."""
    inner: Operation | None = op
    while inner is not None and not inner.has_trait(IsolatedFromAbove):
        before = inner.prev_op
        while before is not None:
            yield from before.results
            before = before.prev_op
        block = inner.parent
        if isinstance(block, Block):
            yield from block.args
        inner = inner.parent_op()


def _attributes(op: Operation, random: Random) -> Iterator[tuple[str, Change]]:
    for name, value in op.properties.items():
        for other in _other_values(op, name, value):
            yield f"attribute {name}", lambda name=name, other=other: op.properties.update({name: other})


def _other_values(op: Operation, name: str, value: Attribute) -> Iterator[Attribute]:
    if isinstance(value, EnumAttribute):
        for member in type(value.data):
            if member is not value.data:
                yield type(value)(member)
    elif isinstance(op, arith.CmpiOp) and name == "predicate" and isinstance(value, IntegerAttr):
        for predicate in range(10):
            if predicate != value.value.data:
                yield IntegerAttr(predicate, value.type)


def _places(op: Operation) -> Iterator[tuple[str, Change]]:
    if op.has_trait(IsTerminator):
        return
    if not any(result.first_use for result in op.results):
        yield "left out", lambda: Rewriter.erase_op(op)
    for result in op.results if len(op.results) == 1 else ():
        for operand in op.operands:
            if operand.type == result.type:
                yield "left out", lambda operand=operand: Rewriter.replace_op(op, [], [operand])
    if not op.results:
        yield "twice", lambda: Rewriter.insert_op(op.clone(), InsertPoint.after(op))
    behind = op.next_op
    if behind is not None and not behind.has_trait(IsTerminator) and not _needs(behind, op):
        yield "later", lambda: _exchange(op, behind)


def _needs(op: Operation, before: Operation) -> bool:
    return any(operand.owner is before for inner in op.walk() for operand in inner.operands)


def _exchange(op: Operation, behind: Operation) -> None:
    op.detach()
    Rewriter.insert_op(op, InsertPoint.after(behind))
