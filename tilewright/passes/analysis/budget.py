"""What a program asks of each memory: its buffers, their bytes, and where they are live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import Chip
from tilewright.dialects.diagnostics import location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import EmptyOp, MatmulOp, PipelineOp, RingOp, RingUserOp, TileType
from tilewright.passes.analysis.contraction import Contraction
from tilewright.passes.analysis.matmul_plan import round_up
from tilewright.passes.analysis.program_order import ProgramOrder
from tilewright.passes.analysis.rings import rings_of


@dataclass(frozen=True)
class Buffer:
    """Storage for one value, or for the slots of a ring.

    Attributes:
        value: the value that the user wrote.
        space: the memory.
        shape: rows, columns and element type of one slot, for people.
        slots: how many times it is there.
        slot_bytes: bytes of one slot, row steps and alignment included.
        start, end: first and last position in program order at which it holds data.
        lines: the source lines of these positions, 0 where they are not known.
    """

    value: SSAValue
    space: Space
    shape: str
    slots: int
    slot_bytes: int
    start: int
    end: int
    lines: tuple[int, int]

    @property
    def bytes(self) -> int:
        """Bytes of all slots."""
        return self.slots * self.slot_bytes

    @property
    def name(self) -> str:
        """How messages call it."""
        return value_name(self.value)

    @property
    def where(self) -> str:
        """`lines 14-19`, or nothing where the lines are not known."""
        first, last = self.lines
        if not first:
            return ""
        return f"line {first}" if last <= first else f"lines {first}-{last}"


class _Measure:
    """Makes buffers of one function."""

    def __init__(self, chip: Chip, function: Operation) -> None:
        self._chip = chip
        self._function = function
        self.order = ProgramOrder.of(function)
        self._by_position = list(self.order.first)

    def buffer(
        self,
        op: Operation,
        value: SSAValue,
        tile: TileType,
        space: Space,
        slots: int,
        users: Sequence[Operation],
    ) -> Buffer:
        """The storage that `op` brings into being for `slots` tiles, live as long as one of `users` needs it."""
        element = str(tile.element_type)
        size = self._chip.tile_bytes(space, element, *tile.extents)
        extent = self.order.extent(users, op.parent) or (self.order.first[op], self.order.first[op])
        rows, columns = tile.extents
        return Buffer(
            value,
            space,
            f"{rows}x{columns} {element}",
            slots,
            round_up(size, self._chip.space(space).alignment_bytes),
            *extent,
            self._lines(extent),
        )

    def _lines(self, extent: tuple[int, int]) -> tuple[int, int]:
        found = [
            location.line
            for op in self._by_position[extent[0] : extent[1] + 1]
            if (location := location_of(op)) is not None
        ]
        return (min(found), max(found)) if found else (0, 0)


def find_buffers(chip: Chip, function: Operation) -> list[Buffer]:
    """All buffers of a placed function, with `tile.pipeline` or with rings, and their live ranges."""
    measure = _Measure(chip, function)
    return [
        measure.buffer(op, values[0], tile, tile.placement, slots, list(_users(op, values)))
        for op in measure.order.first
        for values, tile, slots in _storage(op)
        if tile.placement is not None
    ]


def contraction_buffers(chip: Chip, function: Operation, contraction: Contraction) -> Mapping[Space, Sequence[Buffer]]:
    """What a matmul asks for at least: its accumulators, and its loads where the user has fixed them."""
    measure = _Measure(chip, function)
    problem, matmul = contraction.problem, contraction.matmul
    shape = (problem.padded_m(chip), problem.padded_n(chip))
    found: dict[Space, Sequence[Buffer]] = {
        Space.ACC: [
            measure.buffer(
                matmul,
                result,
                TileType.of(shape, result.type.element_type),
                Space.ACC,
                1,
                [matmul, *_users(matmul, [result])],
            )
            for result in matmul.accs_out
        ]
    }
    if contraction.chunk is not None:
        found[Space.MAT] = [
            measure.buffer(
                load,
                load.result,
                load.result.type,
                Space.MAT,
                contraction.stages or 1,
                [load, *_users(load, [load.result])],
            )
            for load in (contraction.lhs, *contraction.rhs)
        ]
    return found


def peak_usage(buffers: Sequence[Buffer]) -> tuple[int, list[Buffer]]:
    """The most bytes that are live at once, and the buffers that are live then."""
    best, live_then = 0, list[Buffer]()
    for moment in sorted({buffer.start for buffer in buffers}):
        live = [buffer for buffer in buffers if buffer.start <= moment <= buffer.end]
        total = sum(buffer.bytes for buffer in live)
        if total > best:
            best, live_then = total, live
    return best, live_then


def _storage(op: Operation) -> Iterator[tuple[Sequence[SSAValue], TileType, int]]:
    """The storage that an op brings into being: the values that live in it, the type of a slot, the slots."""
    if isinstance(op, RingOp):
        yield [op.result], op.result.type.tile, op.result.type.slots
    elif isinstance(op, EmptyOp) or (isinstance(op, RingUserOp) and not _in_ring(op)):
        yield [op.result], op.result.type, 1
    elif isinstance(op, MatmulOp) and not op.acc:
        for result in op.accs_out:
            yield [result], result.type, 1
    elif isinstance(op, PipelineOp):
        for group in rings_of(op):
            yield [member.result for member in group.members], group.tile, group.slots


def _in_ring(op: RingUserOp) -> bool:
    """Whether a ring holds the result: a present one, or one that `lower-pipeline` will make."""
    return op.ring is not None or isinstance(op.parent_op(), PipelineOp)


def _users(op: Operation, values: Sequence[SSAValue]) -> Iterator[Operation]:
    """The ops that touch the storage of `values`, followed through accumulation and loops."""
    if not isinstance(op, RingOp | EmptyOp):
        yield op
    seen: set[SSAValue] = set()
    pending = list(values)
    while pending:
        value = pending.pop()
        if value in seen:
            continue
        seen.add(value)
        for use in value.uses:
            yield use.operation
            pending.extend(_aliases(use.operation, value))


def _aliases(user: Operation, value: SSAValue) -> Iterator[SSAValue]:
    """The values that live in the storage of `value` because `user` passes it on."""
    if isinstance(user, MatmulOp):
        yield from (result for acc, result in zip(user.acc, user.accs_out, strict=False) if acc is value)
    elif isinstance(user, PipelineOp | scf.ForOp):
        for position, start in enumerate(user.iter_args):
            if start is value:
                yield user.body.block.args[position + 1]
                yield user.results[position]
    elif isinstance(user, scf.YieldOp) and isinstance(branch := user.parent_op(), scf.IfOp):
        yield from (result for end, result in zip(user.operands, branch.results, strict=True) if end is value)
    elif isinstance(user, RingUserOp) and user.ring is value:
        yield user.result
