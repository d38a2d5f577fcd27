"""Which stores of a pipe must not be turned around: two that may write the same bytes of global memory.

An access to a tensor is one to all of it for everything that flags order; here it is worth a closer look, since kernels
store part after part. Two views of a tensor count as one where they have the same start and strides; the places of one
view are different bytes unless its strides are known to say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.arch.chip import Pipe
from tilewright.dialects.pto import InstructionOp, TStoreOp
from tilewright.dialects.pto.modes import AtomicType
from tilewright.passes.analysis.index_forms import Forms
from tilewright.passes.analysis.store_windows import Scope, StoreWindow, trip_count, window_of

_Path = tuple[tuple[Block, Operation], ...]


@dataclass(frozen=True)
class Store:
    """A store: `root` is the pointer of the tensor, `target` what the instruction has for it."""

    op: InstructionOp
    pipe: Pipe
    root: SSAValue
    target: SSAValue


@dataclass(frozen=True)
class StoreHazard:
    """A store that has to wait until one before it, on the same pipe, has ended.

    Attributes:
        first, second: both stores.
        block: the block in which `source` and `target` stand: they hold the two, or are these.
        loop: the loop whose body the block is, where the second store happens in a later iteration; None for the same.
    """

    pipe: Pipe
    first: Operation
    second: Operation
    block: Block
    source: Operation
    target: Operation
    loop: scf.ForOp | None


def find_hazards(stores: Iterable[Store], root: Operation) -> Iterator[StoreHazard]:
    """The hazards among stores, given in program order, of what one core runs."""
    groups: dict[tuple[Pipe, SSAValue], list[_Known]] = {}
    forms, scopes = Forms(), _Scopes()
    for store in stores:
        window = window_of(store.op, store.target, store.root, forms)
        known = _Known(store, window, _path(store.op, root), _adds(store.op))
        groups.setdefault((store.pipe, store.root), []).append(known)
    for (pipe, _), group in groups.items():
        for number, second in enumerate(group):
            for first in group[: number + 1]:
                if not (first.adds and second.adds):
                    yield from _between(pipe, first, second, scopes)


@dataclass(frozen=True)
class _Known:
    store: Store
    window: StoreWindow | None
    path: _Path
    adds: bool


class _Scopes:
    """The scopes of the blocks of a program."""

    def __init__(self) -> None:
        self._later: dict[Block, tuple[scf.ForOp, Scope] | None] = {}
        self._same: dict[Block, Scope] = {}

    def later(self, block: Block) -> tuple[scf.ForOp, Scope] | None:
        """The loop whose body a block is, and one of its iterations behind another; None where it never has two."""
        if block not in self._later:
            loop = block.parent_op()
            self._later[block] = None
            if isinstance(loop, scf.ForOp) and trip_count(loop) not in (0, 1):
                self._later[block] = loop, _later_iteration(loop)
        return self._later[block]

    def same(self, block: Block) -> Scope:
        """One execution of a block."""
        if block not in self._same:
            self._same[block] = _same_iteration(block)
        return self._same[block]


def _between(pipe: Pipe, first: _Known, second: _Known, scopes: _Scopes) -> Iterator[StoreHazard]:
    one, other = first.store.op, second.store.op
    for (block, source), (also, target) in zip(first.path, second.path, strict=False):
        if block is not also:
            return
        if (found := scopes.later(block)) is not None:
            loop, later = found
            if later.may_meet(first.window, second.window):
                yield StoreHazard(pipe, one, other, block, source, target, loop)
            if one is not other and later.may_meet(second.window, first.window):
                yield StoreHazard(pipe, other, one, block, target, source, loop)
        if source is not target:
            if scopes.same(block).may_meet(first.window, second.window):
                yield StoreHazard(pipe, one, other, block, source, target, None)
            return


def _later_iteration(loop: scf.ForOp) -> Scope:
    return Scope(lambda value: not loop.body.is_ancestor(_block_of(value)), loop)


def _same_iteration(block: Block) -> Scope:
    return Scope(lambda value: _block_of(value).is_ancestor(block), None)


def _block_of(value: SSAValue) -> Block:
    owner = value.owner
    block = owner if isinstance(owner, Block) else owner.parent
    assert block is not None
    return block


def _path(op: Operation, root: Operation) -> _Path:
    """The blocks around an op, the outermost first, each with the op of it that holds it."""
    found: list[tuple[Block, Operation]] = []
    current: Operation | None = op
    while current is not None and current is not root:
        if current.parent is not None:
            found.append((current.parent, current))
        current = current.parent_op()
    return tuple(reversed(found))


def _adds(op: InstructionOp) -> bool:
    """Whether a store adds to what is there: of such ones, any may come first."""
    return isinstance(op, TStoreOp) and op.atomic.data is AtomicType.ADD
