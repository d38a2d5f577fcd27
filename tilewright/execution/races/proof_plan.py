"""What a proof needs to know of the program of one core: plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from xdsl.ir import Operation, SSAValue

from tilewright.execution.races.proof_values import Number, Reason, Symbol, Turns, joined, known


@dataclass(frozen=True)
class View:
    """What is known of a part of global memory.

    Attributes:
        root: the argument that it is a part of; None where that is not followed.
        offset: where it starts, in elements.
        form: its extents and strides, taken together.
        strides: one a dimension; None where they are not followed.
    """

    root: SSAValue | None
    offset: Number = field(default_factory=lambda: known(0))
    form: Number = field(default_factory=Number)
    strides: Sequence[Number] | None = None

    @property
    def place(self) -> Number:
        """Offset and form; it repeats where both do."""
        both = joined((self.form, self.offset))
        return both if both.reason is not None else replace(both, slopes=self.offset.slopes)

    @property
    def repeats(self) -> bool:
        """Whether the same bytes are accessed again and again."""
        return self.offset.repeats and self.form.repeats

    @property
    def moves(self) -> tuple[Operation, int] | None:
        """The loop each turn of which starts so many elements behind the one before it, when that is all."""
        if len(self.offset.slopes) != 1 or not self.form.repeats or self.root is None:
            return None
        [(symbol, slope)] = self.offset.slopes.items()
        return None if not isinstance(symbol, Operation) or slope.denominator != 1 else (symbol, int(slope))


@dataclass(frozen=True)
class Use:
    """A part of global memory that an instruction accesses, as a `View` says."""

    root: SSAValue | None
    moves: tuple[Operation, int] | None
    repeats: bool


@dataclass
class Plan:
    """What is known of a program.

    Attributes:
        turns: the loops that run as often as arguments say.
        around: the loops around each loop.
        reported: the loops that arguments bound, whether that is followed or not.
        kept: by loop, the values that it hands from turn to turn and that have to be compared.
        views: by instruction, what it reads and what it writes in global memory; None elsewhere.
        requirement: what all that orders or places instructions depends on.
        reason: why nothing is proved; None when it can be tried.
    """

    turns: dict[Symbol, Turns] = field(default_factory=dict[Symbol, Turns])
    around: dict[Operation, tuple[Operation, ...]] = field(default_factory=dict[Operation, tuple[Operation, ...]])
    reported: dict[Operation, None] = field(default_factory=dict[Operation, None])
    kept: dict[Operation, Sequence[SSAValue]] = field(default_factory=dict[Operation, Sequence[SSAValue]])
    views: dict[Operation, tuple[Sequence[Use | None], Sequence[Use | None]]] = field(
        default_factory=dict[Operation, tuple[Sequence[Use | None], Sequence[Use | None]]]
    )
    requirement: Number = field(default_factory=Number)
    reason: Reason | None = None


@dataclass(frozen=True)
class Moving:
    """A tensor of which each turn of a loop accesses another part: `stride` elements further on."""

    loop: Operation
    stride: int


def moving_roots(plan: Plan) -> Mapping[SSAValue, Moving]:
    """Give the tensors that are only accessed in one outermost loop, each turn at another place."""
    uses = [use for both in plan.views.values() for side in both for use in side if use is not None]
    if any(use.root is None for use in uses):
        return {}
    by_root: dict[SSAValue, set[tuple[Operation, int] | None]] = {}
    for use in uses:
        if use.root is not None:
            by_root.setdefault(use.root, set()).add(use.moves)
    found: dict[SSAValue, Moving] = {}
    for root, moves in by_root.items():
        [one, *others] = moves
        if one is not None and not others and not plan.around[one[0]]:
            found[root] = Moving(*one)
    return found
