"""The typed view of an architecture file: spaces, moves, layouts and limits, each number with its unit in its name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xdsl.utils.str_enum import StrEnum

from tilewright.arch.cost_profiles import CostProfile as CostProfile
from tilewright.arch.cost_profiles import read_profiles

ELEMENT_BITS: Mapping[str, int] = {
    "i1": 1,
    "i8": 8,
    "ui8": 8,
    "i16": 16,
    "ui16": 16,
    "i32": 32,
    "ui32": 32,
    "i64": 64,
    "ui64": 64,
    "f16": 16,
    "bf16": 16,
    "f32": 32,
}
"""Bits of one element, by its MLIR name."""

FOREIGN_ELEMENT_BITS: Mapping[str, int] = {
    "i4": 4,
    "si8": 8,
    "si16": 16,
    "si32": 32,
    "si64": 64,
    "f8E3M4": 8,
    "f8E4M3": 8,
    "f8E4M3B11FNUZ": 8,
    "f8E4M3FN": 8,
    "f8E4M3FNUZ": 8,
    "f8E5M2": 8,
    "f8E5M2FNUZ": 8,
    "tf32": 19,
    "f64": 64,
    "index": 64,
}
"""Elements that ptoas reads, but no instruction of this chip takes."""


def element_bits(element_type: str) -> int:
    """Bits of one element, also of a type that this chip does not compute with; KeyError for one unknown to ptoas."""
    bits = ELEMENT_BITS.get(element_type)
    return FOREIGN_ELEMENT_BITS[element_type] if bits is None else bits


class Pipe(StrEnum):
    """The in-order instruction queues of a core."""

    S = "PIPE_S"
    V = "PIPE_V"
    M = "PIPE_M"
    MTE1 = "PIPE_MTE1"
    MTE2 = "PIPE_MTE2"
    MTE3 = "PIPE_MTE3"
    MTE4 = "PIPE_MTE4"
    MTE5 = "PIPE_MTE5"
    V2 = "PIPE_V2"
    FIX = "PIPE_FIX"
    ALL = "PIPE_ALL"


@dataclass(frozen=True)
class Space:
    """One on-chip memory.

    `bytes` is what hardware has, `usable_bytes` what a kernel may use; `row_step` gives, per element type, the number
    of rows in whose multiples a tile is charged.
    """

    name: str
    hardware: str
    bytes: int
    usable_bytes: int
    alignment_bytes: int
    row_step: Mapping[str, int]
    source: str


@dataclass(frozen=True)
class Layout:
    """The canonical arrangement of a tile: order of the boxes, order inside a box, bytes of a box."""

    name: str
    blayout: str
    slayout: str
    fractal_bytes: int


@dataclass(frozen=True)
class Move:
    """A legal data path and the pipe that executes it. `dtypes` is `None` when the element type must stay."""

    source_space: str
    target_space: str
    pipe: Pipe
    dtypes: frozenset[tuple[str, str]] | None
    element_types: frozenset[str] | None

    def allows(self, source_type: str, target_type: str) -> bool:
        """Whether the path takes elements of `source_type` to `target_type` (MLIR names)."""
        if self.dtypes is not None:
            return (source_type, target_type) in self.dtypes
        return source_type == target_type and (self.element_types is None or source_type in self.element_types)


@dataclass(frozen=True)
class Fractal:
    """The box that cube operands are stored in: `rows` rows of `row_bytes` bytes."""

    rows: int
    row_bytes: int

    def columns(self, element_type: str) -> int:
        """Columns of one box for elements of this type (C0 in the vendor's words)."""
        return self.row_bytes * 8 // element_bits(element_type)


@dataclass(frozen=True, eq=False)
class Chip:
    """Everything that a pass may ask about the chip. There is one object per architecture (see `load_chip`).

    On `overlapping_pipes` an instruction may start before the one in front of it has written its results. On
    `reordering_store_pipes` two stores to the same bytes of global memory may end in either order.
    """

    name: str
    aliases: frozenset[str]
    cube_cores: int
    vector_cores: int
    clock_mhz: int
    event_ids: int
    overlapping_pipes: frozenset[Pipe]
    reordering_store_pipes: frozenset[Pipe]
    fractal: Fractal
    spaces: Mapping[str, Space]
    layouts: Mapping[str, Layout]
    moves: Mapping[tuple[str, str], Move]
    matmul_max_extent: int
    matmul_types: Mapping[tuple[str, str], str]
    instruction_elements: Mapping[str, Mapping[str, Sequence[str]]]
    load_max_rows: int
    load_max_row_stride_elements: int
    store_max_acc_columns: int
    store_max_acc_rows: int
    costs: Mapping[str, CostProfile]

    def space(self, name: str) -> Space:
        """The space of this name; KeyError for a name that the chip does not have."""
        return self.spaces[name]

    def move(self, source_space: str, target_space: str) -> Move | None:
        """The data path between two spaces (`gm` for global memory), or None where hardware has none."""
        return self.moves.get((source_space, target_space))

    def elements(self, instruction: str) -> Mapping[str, Sequence[str]]:
        """Element types that the operands of an instruction (`tadd`) may have; an operand that is left out: any."""
        return self.instruction_elements.get(instruction, {})

    def k_fractal(self, element_type: str) -> int:
        """The number that K of a matmul must be a multiple of: columns of the left operand, rows of the right one."""
        return max(self.fractal.columns(element_type), self.fractal.rows)

    def tile_bytes(self, space: str, element_type: str, rows: int, columns: int) -> int:
        """Bytes that a tile of `rows` x `columns` elements occupies in `space`, row steps included."""
        step = self.spaces[space].row_step.get(element_type, 1)
        charged_rows = -(-rows // step) * step
        return charged_rows * columns * element_bits(element_type) // 8


def _space(name: str, raw: Mapping[str, Any]) -> Space:
    return Space(
        name=name,
        hardware=raw["hardware"],
        bytes=raw["bytes"],
        usable_bytes=raw.get("usable_bytes", raw["bytes"]),
        alignment_bytes=raw["alignment_bytes"],
        row_step=raw.get("row_step", {}),
        source=raw["source"],
    )


def _move(raw: Mapping[str, Any]) -> Move:
    dtypes = raw.get("dtypes")
    element_types = raw.get("element_types")
    return Move(
        source_space=raw["from"],
        target_space=raw["to"],
        pipe=Pipe[raw["pipe"]],
        dtypes=None if dtypes is None else frozenset((pair[0], pair[1]) for pair in dtypes),
        element_types=None if element_types is None else frozenset(element_types),
    )


def _elements(names: Sequence[str]) -> tuple[str, ...]:
    """The types behind the names: `int16` stands for `i16`, `ui16` and `si16`."""
    return tuple(
        prefix + name.removeprefix("int")
        for name in names
        for prefix in (("i", "ui", "si") if name.startswith("int") else ("",))
    )


def load_chip(name: str = "a2a3") -> Chip:
    """What `<name>.toml` of this package says; one object per name.

    Raises:
        FileNotFoundError: there is no such architecture.
    """
    return _read(name)


@cache
def _read(name: str) -> Chip:
    raw: dict[str, Any] = tomllib.loads(files("tilewright.arch").joinpath(f"{name}.toml").read_text("utf-8"))
    moves = [_move(entry) for entry in raw["move"]]
    return Chip(
        name=raw["name"],
        aliases=frozenset(raw["aliases"]),
        cube_cores=raw["cores"]["cube"],
        vector_cores=raw["cores"]["vector"],
        clock_mhz=raw["cores"]["clock_mhz"],
        event_ids=raw["events"]["ids_per_pipe_pair"],
        overlapping_pipes=frozenset(map(Pipe, raw["pipes"]["overlapping"])),
        reordering_store_pipes=frozenset(map(Pipe, raw["pipes"]["stores"]["reordering"])),
        fractal=Fractal(raw["fractal"]["rows"], raw["fractal"]["row_bytes"]),
        spaces={key: _space(key, entry) for key, entry in raw["space"].items()},
        layouts={
            key: Layout(entry["name"], entry["blayout"], entry["slayout"], entry["fractal_bytes"])
            for key, entry in raw["layout"].items()
        },
        moves={(move.source_space, move.target_space): move for move in moves},
        matmul_max_extent=raw["matmul"]["max_extent"],
        matmul_types={(a, b): c for a, b, c in raw["matmul"]["types"]},
        instruction_elements={
            op: {operand: _elements(names) for operand, names in entry["elements"].items()}
            for entry in raw["instruction"]
            for op in entry["ops"]
        },
        load_max_rows=raw["load"]["max_rows"],
        load_max_row_stride_elements=raw["load"]["max_row_stride_elements"],
        store_max_acc_columns=raw["store"]["max_acc_columns"],
        store_max_acc_rows=raw["store"]["max_acc_rows"],
        costs=read_profiles(raw["cost"]),
    )
