"""What an instruction of the stream costs: cycles on its pipe, and bytes on the path that it takes.

Every instruction has a cost:

| instruction | cost |
|---|---|
| movements between memories, tiles of a pipe between cores | bytes over the rate of the path, and what is fixed |
| products of the cube unit | fixed + cycles of a fractal for each |
| ops of the vector pipe | its intrinsics, or its row cost; one default intrinsic where the profile names none |
| scalar reads and writes, prints | the profile's cycles of an instruction of the scalar unit |
| flags, barriers, signals, freed slots | 0: what they cost is what waits for them |

The public model has some things wrong, which are right here. It counts two bytes for each element that leaves Acc or
goes to Left and Right, whatever its type, so that 4-byte results leave Acc in half the time and 1-byte operands of
Left take twice the time; an 8-bit Right operand that is transposed on its way counts half of its bytes. Here the bytes
are those of the elements as they arrive. An insert out of Acc stands in the queue of the vector pipe there, here in
that of FIX, where its operation puts it. Row reductions and expansions follow the public table that was fitted to
measurements, not the intrinsics. `Counting.PUBLISHED` counts bytes as the public model does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from tilewright.arch.chip import Chip, CostProfile, Pipe, element_bits
from tilewright.arch.costs import transfer_cycles, vector_constant, vector_cycles
from tilewright.dialects.pto import CubeOp
from tilewright.dialects.pto.movement import MovementOp
from tilewright.dialects.pto.pipe_ends import FreeOp, PushOp
from tilewright.dialects.spaces import Space
from tilewright.execution.instructions import Instruction, Operand, TileBuffer, Window

GM = "gm"
"""Global memory in the name of a path."""


class Counting(Enum):
    """Which bytes a transfer is charged for: those that move, or those that the public cost model counts."""

    TRUE = auto()
    PUBLISHED = auto()


@dataclass(frozen=True, slots=True)
class Cost:
    """What one instruction costs.

    Attributes:
        cycles: on its pipe.
        start_cycles: more cycles where it is the first of a vector stream.
        path: what it moves bytes on, such as `gm_to_mat`; '' where it moves none.
        size_bytes: the bytes that it moves, true ones.
        constant: what most of its cycles rest on, by its name in the profile; '' where the profile has none for it.
    """

    cycles: int
    start_cycles: int = 0
    path: str = ""
    size_bytes: int = 0
    constant: str = ""


_FREE = Cost(0)

_ACROSS = frozenset({Pipe.MTE1, Pipe.MTE2, Pipe.MTE3, Pipe.MTE4, Pipe.MTE5, Pipe.FIX})
"""The pipes that only move."""

_LOADED_UNITS = {"bias": 64, "scaling": 128}
"""Bytes in whose multiples these memories are filled."""


def cycles(instruction: Instruction, chip: Chip, profile: CostProfile) -> int:
    """Cycles of one instruction on its pipe, as the first of a vector stream."""
    cost = cost_of(instruction, chip, profile)
    return cost.cycles + cost.start_cycles


def path_bytes(instruction: Instruction) -> tuple[str, int] | None:
    """The path that an instruction moves bytes on, such as `gm_to_mat`, and how many; None where it moves none."""
    moved = _moved(instruction)
    return None if moved is None else (f"{moved[0]}_to_{moved[1]}", moved[2])


def cost_of(instruction: Instruction, chip: Chip, profile: CostProfile, counting: Counting = Counting.TRUE) -> Cost:
    """What one instruction costs under a profile."""
    moved = _moved(instruction)
    if moved is not None:
        return _transfer_cost(instruction, moved, chip, profile, counting)
    if isinstance(instruction.op, CubeOp):
        return _cube_cost(instruction, chip, profile)
    if not orders(instruction) and instruction.pipe is Pipe.S:
        return Cost(profile.scalar_cycles, constant="scalar_cycles")
    tiles = [
        operand for operand in (*instruction.reads[:1], *instruction.writes[:1]) if isinstance(operand, TileBuffer)
    ]
    if orders(instruction) or not tiles:
        return _FREE
    name = instruction.op.name.removeprefix("pto.")
    largest = max(tiles, key=lambda tile: tile.valid[0] * tile.valid[1])
    item_bytes = max(tile.layout.item_bytes for tile in tiles)
    is_dense = all(tile.valid[1] == tile.layout.columns and tile.layout.is_dense for tile in tiles)
    spent, start = vector_cycles(profile, name, *largest.valid, item_bytes, dense=is_dense)
    return Cost(spent, start, constant=vector_constant(profile, name))


def orders(instruction: Instruction) -> bool:
    """Whether an instruction only orders others: a flag, a barrier, a signal, a slot that is given back."""
    return (
        instruction.flag is not None
        or instruction.signal is not None
        or isinstance(instruction.op, FreeOp)
        or not (instruction.reads or instruction.writes or instruction.scalars)
    )


def _place(operand: Operand) -> str:
    return operand.space if isinstance(operand, TileBuffer) else GM


def _elements(tile: TileBuffer) -> int:
    return tile.valid[0] * tile.valid[1]


def _moved(instruction: Instruction) -> tuple[str, str, int] | None:
    """From where to where an instruction moves how many bytes."""
    reads, writes = instruction.reads, instruction.writes
    if instruction.channel is not None:
        if isinstance(instruction.op, FreeOp):
            return None
        (tile,) = (*reads, *writes)
        assert isinstance(tile, TileBuffer)
        size = _elements(tile) * tile.layout.item_bytes
        return (tile.space, GM, size) if isinstance(instruction.op, PushOp) else (GM, tile.space, size)
    if not (reads and writes) or not (isinstance(instruction.op, MovementOp) or instruction.pipe in _ACROSS):
        return None
    source, target = reads[0], writes[0]
    return _place(source), _place(target), _bytes(source, target)


def _bytes(source: Operand, target: Operand) -> int:
    """Bytes as they arrive: the valid part, in whole boxes where the cube unit reads it."""
    if isinstance(target, Window):
        count = _elements(source) if isinstance(source, TileBuffer) else _window_elements(target)
        return -(-count * element_bits(target.element_type) // 8)
    item = target.layout.item_bytes
    if target.space in (Space.LEFT, Space.RIGHT):
        rows, columns = target.layout.in_boxes(target.valid)
        return rows * columns * item
    # A part that is inserted into a larger tile is as large as the tile that it comes from.
    count = min(_elements(target), _elements(source)) if isinstance(source, TileBuffer) else _elements(target)
    unit = _LOADED_UNITS.get(target.space, 1)
    return -(-count * item // unit) * unit


def _window_elements(window: Window) -> int:
    count = 1
    for extent in window.shape:
        count *= extent
    return count


def _transfer_cost(
    instruction: Instruction, moved: tuple[str, str, int], chip: Chip, profile: CostProfile, counting: Counting
) -> Cost:
    source, target, size = moved
    fixed, charged = 0, size
    if target in (Space.LEFT, Space.RIGHT):
        fixed = profile.move_fixed_cycles
        if counting is Counting.PUBLISHED:
            fixed, charged = _published_move(instruction, size, profile)
    elif source == Space.ACC and target == GM:
        fixed = profile.store_fixed_cycles
        if counting is Counting.PUBLISHED:
            charged = _published_out_of_acc(instruction, profile)
    elif source == Space.ACC and counting is Counting.PUBLISHED:
        charged = _published_out_of_acc(instruction, profile)
    path = f"{source}_to_{target}"
    # A path that the chip does not have, in IR that nobody verified, is as slow as the slowest.
    known = (source, target) if path in profile.gib_per_s else _slowest(profile)
    # Also the smallest transfer takes a cycle, which the public model rounds away.
    least = 1 if charged and counting is Counting.TRUE else 0
    spent = fixed + max(least, transfer_cycles(chip, profile, *known, charged))
    return Cost(spent, 0, path, size, f"gib_per_s.{known[0]}_to_{known[1]}")


def _published_move(instruction: Instruction, size: int, profile: CostProfile) -> tuple[int, int]:
    """Fixed cycles and bytes of a move to Left or Right as the public model counts them."""
    source, target = instruction.reads[0], instruction.writes[0]
    assert isinstance(source, TileBuffer)
    assert isinstance(target, TileBuffer)
    item = target.layout.item_bytes
    if target.space is Space.RIGHT and item == 1:
        # Boxes that are transposed on their way are counted as 512 bytes, but two make a box of 8-bit elements.
        return 0, size // 2 if source.layout.boxes_by_column else size
    return profile.move_fixed_cycles, size // item * profile.move_element_bytes


def _published_out_of_acc(instruction: Instruction, profile: CostProfile) -> int:
    source = instruction.reads[0]
    assert isinstance(source, TileBuffer)
    return _elements(source) * profile.store_element_bytes


@lru_cache
def _slowest(profile: CostProfile) -> tuple[str, str]:
    slowest = min(profile.gib_per_s, key=lambda path: profile.gib_per_s[path])
    source, _, target = slowest.partition("_to_")
    return source, target


def _cube_cost(instruction: Instruction, chip: Chip, profile: CostProfile) -> Cost:
    """The cost of a product, each extent in whole fractals; also one row takes as long as a fractal of them."""
    left = next(each for each in instruction.reads if isinstance(each, TileBuffer) and each.space is Space.LEFT)
    right = next(each for each in instruction.reads if isinstance(each, TileBuffer) and each.space is Space.RIGHT)
    element = str(left.type.element_type).lstrip("us")
    side = chip.fractal.rows
    (m, k), n = left.valid, right.valid[1]
    fractals = -(-m // side) * -(-k // chip.fractal.columns(element)) * -(-n // side)
    each = profile.matmul_cycles_per_fractal.get(element)
    constant = "" if each is None else f"matmul.cycles_per_fractal.{element}"
    return Cost(profile.matmul_fixed_cycles + (each or 1) * fractals, constant=constant)
