"""The tiles of a generated program of the vector core, and what numpy knows about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from tilewright.execution.dtypes import DTYPES, Array

NAMES = {"f32": "f", "f16": "h", "i32": "i", "i16": "j"}
"""Letters for the element types of full tiles."""


@dataclass
class State:
    """What numpy knows while it plays: tiles and arrays by name, None where it has no say."""

    tiles: dict[str, Array | None]
    arrays: dict[str, list[Array | None]]
    turn: int = 0


Play = Callable[[State], None]


@dataclass(frozen=True)
class Tile:
    """A tile: its type, the extents of its valid part, and the data that it starts with."""

    name: str
    element: str
    type: str
    valid: tuple[int, int]
    data: Array
    ulp: int = 0


@dataclass
class Tiles:
    """The tiles of one program, as `draw` decides."""

    draw: st.DrawFn
    rows: int
    columns: int
    valid: tuple[int, int]
    dynamic: bool
    elements: Sequence[str]
    random: np.random.Generator
    tiles: dict[str, Tile] = field(default_factory=dict[str, Tile])
    constants: list[str] = field(default_factory=list[str])
    count: int = 0

    def fresh(self, prefix: str) -> str:
        """A name that is not in use."""
        self.count += 1
        return f"{prefix}{self.count}"

    def tile(self, kind: str, element: str, number: int = 0) -> str:
        """Give a tile of a kind: `f`, `c`, `r`, scratch `s`."""
        name = f"{kind}{NAMES[element]}{number}"
        if name not in self.tiles:
            self._shaped(name, kind, element, 0)
        return name

    def leaf(self, kind: str, element: str, ulp: int) -> str:
        """Give a new tile that nothing reads but its store."""
        return self._shaped(self.fresh("leaf"), kind.lower(), element, ulp)

    def _shaped(self, name: str, kind: str, element: str, ulp: int) -> str:
        match kind:
            case "c":
                # A column is made of whole blocks of 32 bytes.
                shape, valid, layout = (-(-self.rows // 16) * 16, 1), (self.valid[0], 1), ", blayout=col_major"
            case "r":
                shape, valid, layout = (1, self.columns), (1, self.valid[1]), ""
            case _:
                shape, valid, layout = (self.rows, self.columns), self.valid, ""
        return self.add(name, element, shape, valid, layout, ulp=ulp, dynamic=self.dynamic)

    def add(
        self,
        name: str,
        element: str,
        shape: tuple[int, int],
        valid: tuple[int, int] | None = None,
        layout: str = "",
        data: Array | None = None,
        ulp: int = 0,
        dynamic: bool = False,
    ) -> str:
        """Make a tile with data."""
        valid = shape if valid is None else valid
        marks = [str(extent) for extent in valid]
        if dynamic:
            marks = [mark if extent == 1 else "?" for mark, extent in zip(marks, shape, strict=True)]
        mark = "" if valid == shape and "?" not in marks else f", valid={'x'.join(marks)}"
        type_ = f"!pto.tile_buf<vec, {shape[0]}x{shape[1]}x{element}{mark}{layout}>"
        if data is None:
            data = random_data(self.random, valid, element)
        self.tiles[name] = Tile(name, element, type_, valid, data, ulp)
        return name

    def pick(self, kind: str, element: str) -> str:
        """Give one of a few tiles of a kind."""
        return self.tile(kind, element, self.draw(st.integers(0, 2 if kind == "f" else 1)))

    def scalar(self, type_: str, value: float | int) -> str:
        """Make a constant."""
        name = self.fresh("x")
        text = repr(float(value)) if type_[0] == "f" else str(value)
        self.constants.append(f"%{name} = arith.constant {text} : {type_}")
        return name

    def scratch(self, element: str) -> str:
        """A tile that instructions may spoil; it is neither loaded nor stored."""
        name = f"scratch_{element}"
        if name not in self.tiles:
            width = -(-self.columns // 32) * 32
            self.add(name, element, (self.rows, width), self.valid, dynamic=self.dynamic)
        return name

    def computes(self, reference: object, sources: Sequence[str | Array | float | int], target: str) -> Play:
        """What an instruction does to the tiles of the reference."""
        valid = self.tiles[target].valid

        def play(state: State) -> None:
            values = [state.tiles[each] if isinstance(each, str) else each for each in sources]
            result = None
            if reference is not None and all(value is not None for value in values):
                with np.errstate(all="ignore"):
                    if reference == "broadcast":
                        result = np.broadcast_to(values[0], valid).copy()
                    else:
                        assert callable(reference)
                        result = reference(*values)
            state.tiles[target] = result

        return play


def view_type(element: str) -> str:
    return f"!pto.tensor_view<?x?x{element}>"


def random_data(random: np.random.Generator, shape: tuple[int, int], element: str) -> Array:
    """Small whole numbers, eighths, integers of all sizes, floats of all sizes with infinities and both zeros."""
    dtype = DTYPES[element]
    match random.integers(0, 4):
        case 0 if dtype.kind in "iu":
            limits = np.iinfo(dtype)
            return random.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
        case 1 if dtype.kind == "f":
            return (random.integers(-64, 65, shape) / 8).astype(dtype)
        case 2 if dtype.kind == "f":
            values = random.standard_normal(shape) * 2.0 ** random.integers(-12, 12, shape)
            special = random.choice([0.0, -0.0, np.inf, -np.inf, 1.0, -1.0, float(np.finfo(dtype).tiny) / 4], shape)
            return np.where(random.random(shape) < 0.1, special, values).astype(dtype)
        case _:
            return random.integers(0 if dtype.kind == "u" else -9, 10, shape).astype(dtype)
