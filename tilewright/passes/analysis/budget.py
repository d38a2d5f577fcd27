"""What a program asks of each memory: its buffers, their bytes, and where they are live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.arch.chip import Chip
from tilewright.dialects.diagnostics import location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import EmptyOp, LoadOp, MatmulOp, PipelineOp, RingOp, RingUserOp, TileType
from tilewright.passes.analysis.contraction import Contraction
from tilewright.passes.analysis.matmul_plan import round_up
from tilewright.passes.analysis.rings import rings_of


@dataclass(frozen=True)
class Buffer:
    """Storage for one value or for the slots of a ring.

    Attributes:
        value: the value that the user wrote.
        space: the memory.
        shape: rows, columns and element type of one slot, for people.
        slots: how many times it is there.
        slot_bytes: bytes of one slot, row steps and alignment included.
        start, end: first and last position in program order at which it holds data.
    """

    value: SSAValue
    space: Space
    shape: str
    slots: int
    slot_bytes: int
    start: int = 0
    end: int = 0

    @property
    def bytes(self) -> int:
        """Bytes of all slots."""
        return self.slots * self.slot_bytes

    @property
    def name(self) -> str:
        """`%wg`, or `%wg x 2` for a ring."""
        times = f" x {self.slots}" if self.slots > 1 else ""
        return value_name(self.value) + times


def buffer_of(chip: Chip, value: SSAValue, tile: TileType, space: Space, slots: int) -> Buffer:
    """The buffer for `slots` tiles of this type in `space`."""
    rows, columns = tile.extents
    element = str(tile.element_type)
    size = chip.tile_bytes(space, element, rows, columns)
    alignment = chip.space(space).alignment_bytes
    return Buffer(value, space, f"{rows}x{columns} {element}", slots, round_up(size, alignment))


def contraction_demand(chip: Chip, contraction: Contraction) -> Mapping[Space, Sequence[Buffer]]:
    """What a matmul asks for at least: its accumulators, and its loads where the user has fixed them."""
    problem = contraction.problem
    rows, columns = problem.padded_m(chip), problem.padded_n(chip)
    accumulators = [
        buffer_of(
            chip,
            result,
            TileType.of((rows, columns), result.type.element_type),
            Space.ACC,
            1,
        )
        for result in contraction.matmul.accs_out
    ]
    demand: dict[Space, Sequence[Buffer]] = {Space.ACC: accumulators}
    if contraction.chunk is not None:
        stages = contraction.stages or 1
        demand[Space.MAT] = [
            buffer_of(chip, load.result, load.result.type, Space.MAT, stages)
            for load in (contraction.lhs, *contraction.rhs)
        ]
    return demand


def find_buffers(chip: Chip, function: Operation) -> list[Buffer]:
    """All buffers of a placed program (with or without `tile.pipeline`), with their live ranges in program order."""
    order = {op: position for position, op in enumerate(function.walk())}
    found: list[Buffer] = []
    for op in order:
        for value, tile, slots, users in _storage(op):
            if tile.placement is None:
                continue
            buffer = buffer_of(chip, value, tile, tile.placement, slots)
            start, end = _live_range(op, users, order)
            found.append(
                Buffer(value, buffer.space, buffer.shape, slots, buffer.slot_bytes, start, end)
            )
    return found


def peak_usage(buffers: Sequence[Buffer]) -> tuple[int, list[Buffer]]:
    """The most bytes that are live at once, and the buffers that are live then."""
    best, live_then = 0, list[Buffer]()
    for moment in {buffer.start for buffer in buffers}:
        live = [buffer for buffer in buffers if buffer.start <= moment <= buffer.end]
        total = sum(buffer.bytes for buffer in live)
        if total > best:
            best, live_then = total, live
    return best, live_then


_Storage = tuple[SSAValue, TileType, int, Sequence[SSAValue]]


def _storage(op: Operation) -> Iterator[_Storage]:
    """The storage that an op brings into being: a value to name it by, its type, its slots, the values that live in it."""
    if isinstance(op, RingOp):
        yield op.result, op.result.type.tile, op.result.type.slots, [op.result]
    elif isinstance(op, EmptyOp) or (isinstance(op, RingUserOp) and not _is_grouped(op)):
        yield op.result, op.result.type, 1, [op.result]
    elif isinstance(op, MatmulOp) and not op.acc:
        for result in op.accs_out:
            yield result, result.type, 1, [result]
    elif isinstance(op, PipelineOp):
        for group in rings_of(op):
            values = [member.result for member in group.members]
            yield values[0], group.tile, group.slots, values


def _is_grouped(op: RingUserOp) -> bool:
    """Whether a ring (a present one, or one that `lower-pipeline` will make) holds the result."""
    return op.ring is not None or isinstance(op.parent_op(), PipelineOp)


def _live_range(
    op: Operation, values: Sequence[SSAValue], order: Mapping[Operation, int]
) -> tuple[int, int]:
    """From the first to the last op that touches the storage; a loop that it is used in counts as a whole."""
    users = set(_users(values))
    home = op.parent
    positions: list[int] = [order[op]] if not isinstance(op, PipelineOp | RingOp | EmptyOp) else []
    for user in users:
        outermost = _outermost_loop_below(user, home)
        positions.append(order[outermost])
        positions.append(max(order[inner] for inner in outermost.walk()))
    if isinstance(op, PipelineOp):
        positions += [order[op], max(order[inner] for inner in op.walk())]
    return (min(positions), max(positions)) if positions else (order[op], order[op])


def _outermost_loop_below(op: Operation, home: Block | None) -> Operation:
    """`op`, or the outermost loop around it that stands in `home`."""
    found = op
    current: Operation | None = op
    while current is not None and current.parent is not home:
        current = current.parent_op()
        if isinstance(current, PipelineOp | scf.ForOp):
            found = current
    return found


def _users(values: Sequence[SSAValue]) -> Iterator[Operation]:
    """The ops that read or write the storage of `values`, followed through accumulation and loop carries."""
    seen: set[SSAValue] = set()
    pending = list(values)
    while pending:
        value = pending.pop()
        if value in seen:
            continue
        seen.add(value)
        for use in value.uses:
            user = use.operation
            yield user
            pending.extend(_aliases(user, value))


def _aliases(user: Operation, value: SSAValue) -> Iterator[SSAValue]:
    """The values that live in the storage of `value` because `user` passes it on."""
    if isinstance(user, MatmulOp):
        for acc, result in zip(user.acc, user.accs_out, strict=False):
            if acc is value:
                yield result
    elif isinstance(user, PipelineOp | scf.ForOp):
        for position, start in enumerate(user.iter_args):
            if start is value:
                yield user.body.block.args[position + 1]
                yield user.results[position]
    elif isinstance(user, RingUserOp) and user.ring is value:
        yield user.result


def first_line(buffer: Buffer) -> int:
    """The source line of the buffer, 0 when it has none."""
    location = location_of(buffer.value)
    return location.line if location is not None else 0


__all__ = [
    "Buffer",
    "LoadOp",
    "buffer_of",
    "contraction_demand",
    "find_buffers",
    "first_line",
    "peak_usage",
]
