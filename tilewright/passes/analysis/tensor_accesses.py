"""Which parts of which tensors a piece of code reads and writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from xdsl.dialects import func, scf
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, Region, SSAValue

from tilewright.dialects.task import Direction, TaskOp
from tilewright.dialects.tile import (
    AllocTensorOp,
    DimOp,
    LoadOp,
    PipelineOp,
    ReadOp,
    StoreOp,
    TensorReshapeOp,
    TensorType,
    ViewOp,
    WriteOp,
    YieldOp,
)
from tilewright.passes.analysis.carried_values import handed_on
from tilewright.passes.analysis.index_forms import UNBOUNDED, Form, Forms

Side: TypeAlias = tuple[Form, int]
"""Where a window starts in one dimension, and how far it reaches."""

Box: TypeAlias = tuple[Side, ...] | None
"""A window of a tensor; None is all of it."""

_HARMLESS = (
    AllocTensorOp,
    DimOp,
    PipelineOp,
    TaskOp,
    TensorReshapeOp,
    ViewOp,
    YieldOp,
    func.ReturnOp,
    scf.ConditionOp,
    scf.ForOp,
    scf.IfOp,
    scf.WhileOp,
    scf.YieldOp,
)
"""Ops that pass tensors on, but touch nothing in them."""


@dataclass(frozen=True, slots=True)
class Access:
    """A read or a write of a window of a tensor, or both.

    Attributes:
        tensor: the whole tensor: an argument, an allocation, a value from outside.
        direction: what happens to it.
        box: the window in it.
    """

    tensor: SSAValue
    direction: Direction
    box: Box

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two accesses the same."""
        sides = None if self.box is None else tuple((start.key, size) for start, size in self.box)
        return (self.tensor, self.direction, sides)

    def placed(self, origin: Origin, known: Mapping[SSAValue, Form]) -> Access:
        """The same access where the tensor is part of another one, and some indices are known."""
        if self.box is None:
            # All of a part is at most the part, whose extents are those of its type.
            part = self.tensor.type
            box = _full(part.extents, origin.offsets) if isinstance(part, TensorType) else None
            return Access(origin.tensor, self.direction, box)
        box = tuple((start.substituted(known), size) for start, size in self.box)
        return Access(origin.tensor, self.direction, _moved(box, origin.offsets))


@dataclass(frozen=True, slots=True)
class Origin:
    """The tensor whose memory another one shares, and where that begins in it; None where the window is unknown."""

    tensor: SSAValue
    offsets: tuple[Form, ...] | None


def accesses(code: Region, forms: Forms) -> tuple[Access, ...]:
    """What a piece of code does to the tensors that it gets from outside or allocates, without repetition."""
    found = (access for op in code.walk() for access in _of_op(op, forms))
    return tuple({access.key: access for access in found}.values())


def reads_and_writes(found: Iterable[Access]) -> dict[SSAValue, Direction]:
    """What happens to each tensor as a whole."""
    result: dict[SSAValue, Direction] = {}
    for access in found:
        before = result.get(access.tensor, access.direction)
        result[access.tensor] = before if before is access.direction else Direction.INOUT
    return result


def _of_op(op: Operation, forms: Forms) -> Iterator[Access]:
    match op:
        case LoadOp():
            yield from _windows(op.source, Direction.IN, op.offsets, op.window, forms)
        case StoreOp():
            direction = Direction.OUT if op.atomic is None else Direction.INOUT
            yield from _windows(op.target, direction, op.offsets, op.window, forms)
        case ReadOp():
            yield from _windows(op.source, Direction.IN, op.indices, (1,) * len(op.indices), forms)
        case WriteOp():
            yield from _windows(op.target, Direction.OUT, op.indices, (1,) * len(op.indices), forms)
        case _ if not isinstance(op, _HARMLESS):
            for operand in op.operands:
                if isinstance(operand.type, TensorType):
                    for origin in origins(operand, forms):
                        yield Access(origin.tensor, Direction.INOUT, None)
        case _:
            pass


def _windows(
    tensor: SSAValue, direction: Direction, offsets: Sequence[SSAValue], sizes: Sequence[int], forms: Forms
) -> Iterator[Access]:
    if not isinstance(tensor.type, TensorType):
        return  # an element of a tile
    box = tuple((forms.of(offset), size) for offset, size in zip(offsets, sizes, strict=True))
    for origin in origins(tensor, forms):
        yield Access(origin.tensor, direction, _moved(box, origin.offsets))


def origins(tensor: SSAValue, forms: Forms) -> tuple[Origin, ...]:
    """The tensors whose memory a tensor may share, through views, reshapes, loops and branches."""
    return tuple(_Search(forms).origins(tensor))


@dataclass
class _Search:
    """Looks for the origins of one tensor."""

    forms: Forms
    _above: set[SSAValue] = field(default_factory=set[SSAValue])
    _is_cyclic: bool = False

    def origins(self, tensor: SSAValue) -> list[Origin]:
        """The origins; those that a loop reaches through a view of its own tensor have no known window."""
        found = [origin for leaf in self._leaves(tensor) for origin in self._of_leaf(leaf)]
        return [Origin(origin.tensor, None) for origin in found] if self._is_cyclic else found

    def _leaves(self, tensor: SSAValue) -> list[SSAValue]:
        """What loops and branches hand on as `tensor`, in the end."""
        leaves: list[SSAValue] = []
        todo, seen = [tensor], {tensor}
        while todo:
            value = todo.pop()
            sources = () if self.forms.is_free(value) else handed_on(value)
            if sources:
                # To come here from below is to go around a loop.
                self._is_cyclic |= value in self._above
                self._above.add(value)
            else:
                leaves.append(value)
            todo += [source for source in sources if source not in seen]
            seen.update(sources)
        return leaves

    def _of_leaf(self, leaf: SSAValue) -> Iterator[Origin]:
        owner = None if self.forms.is_free(leaf) else leaf.owner
        if self._is_cyclic and isinstance(owner, ViewOp | TensorReshapeOp) and leaf in self._above:
            return
        if isinstance(owner, ViewOp | TensorReshapeOp):
            self._above.add(leaf)
        if isinstance(owner, ViewOp):
            shift = tuple(map(self.forms.of, owner.offsets))
            for origin in self.origins(owner.source):
                known = origin.offsets
                yield Origin(origin.tensor, None if known is None else _sum(known, shift))
        elif isinstance(owner, TensorReshapeOp):
            for origin in self.origins(owner.source):
                yield Origin(origin.tensor, None)
        else:
            rank = len(leaf.type.extents) if isinstance(leaf.type, TensorType) else 0
            yield Origin(leaf, (Form.number(0),) * rank)


def _sum(first: Sequence[Form], second: Sequence[Form]) -> tuple[Form, ...]:
    return tuple(one.plus(other) for one, other in zip(first, second, strict=True))


def _moved(box: tuple[Side, ...], offsets: tuple[Form, ...] | None) -> Box:
    if offsets is None:
        return None
    return tuple((start.plus(offset), size) for (start, size), offset in zip(box, offsets, strict=True))


def _full(extents: Sequence[int], offsets: tuple[Form, ...] | None) -> Box:
    """All of a part with these extents; where an extent is open, the part goes on to the end."""
    if offsets is None:
        return None
    sizes = (UNBOUNDED if extent == DYNAMIC_INDEX else extent for extent in extents)
    return tuple(zip(offsets, sizes, strict=True))
