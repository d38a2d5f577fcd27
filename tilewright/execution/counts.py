"""What a run did, in numbers that a report shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import prod

from tilewright.arch.chip import element_bits
from tilewright.dialects.pto import CubeOp, TLoadOp, TStoreOp
from tilewright.dialects.pto.movement import MovementOp
from tilewright.execution.instructions import Instruction, TileBuffer, Window


@dataclass
class Counts:
    """Work of one run.

    Attributes:
        loads: number of loads from global memory, by function argument.
        load_bytes: their bytes, by function argument.
        stores, store_bytes: the same for stores.
        moves: number of moves and extracts between memories, by (from, to).
        matmuls: number of products; a matmul of n right operands makes n.
    """

    loads: Counter[str] = field(default_factory=Counter[str])
    load_bytes: Counter[str] = field(default_factory=Counter[str])
    stores: Counter[str] = field(default_factory=Counter[str])
    store_bytes: Counter[str] = field(default_factory=Counter[str])
    moves: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    matmuls: int = 0

    def load(self, argument: str, size_bytes: int) -> None:
        """Count a load."""
        self.loads[argument] += 1
        self.load_bytes[argument] += size_bytes

    def store(self, argument: str, size_bytes: int) -> None:
        """Count a store."""
        self.stores[argument] += 1
        self.store_bytes[argument] += size_bytes

    def move(self, source: str, target: str) -> None:
        """Count a move from one memory to another."""
        self.moves[source, target] += 1

    def add(self, instruction: Instruction) -> None:
        """Count an instruction of the stream; flags and barriers do not count."""
        match instruction:
            case Instruction(op=TLoadOp(), reads=(Window() as window,)):
                self.load(window.name, _bytes(window))
            case Instruction(op=TStoreOp(), writes=(Window() as window,)):
                self.store(window.name, _bytes(window))
            case Instruction(op=CubeOp()):
                self.matmuls += 1
            case Instruction(op=MovementOp(), reads=(TileBuffer() as source, *_), writes=(TileBuffer() as target,)):
                self.move(source.space, target.space)
            case _:
                pass

    def include(self, other: Counts) -> None:
        """Count what another run has done, too."""
        for mine, theirs in (
            (self.loads, other.loads),
            (self.load_bytes, other.load_bytes),
            (self.stores, other.stores),
            (self.store_bytes, other.store_bytes),
        ):
            mine.update(theirs)
        self.moves.update(other.moves)
        self.matmuls += other.matmuls

    def __str__(self) -> str:
        lines = [
            f"{kind} of {name}: {number} ({sizes[name]} bytes)"
            for kind, numbers, sizes in (
                ("loads", self.loads, self.load_bytes),
                ("stores", self.stores, self.store_bytes),
            )
            for name, number in numbers.items()
        ]
        lines += [f"{source} -> {target} moves: {number}" for (source, target), number in self.moves.items()]
        # The number that a reader looks for, also when it is zero.
        if ("acc", "acc") not in self.moves:
            lines.append("acc -> acc moves: 0")
        return "\n".join([*lines, f"matmuls: {self.matmuls}"])


def _bytes(window: Window) -> int:
    return prod(window.shape) * element_bits(window.element_type) // 8
